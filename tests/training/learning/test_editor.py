"""What officers learned from stays."""

import pytest
from django.urls import reverse

from cms.models import LessonPage
from tests.factories.cms import LessonFactory
from tests.personas import People, login
from tests.training.learning.readers import Reader

pytestmark = pytest.mark.django_db


def test_lesson_with_hours_is_not_deleted(people: People) -> None:
    lesson = LessonFactory()
    Reader(people.learner).read(lesson, minutes=1)

    answer = login(people.trainer).post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))

    assert answer.status_code == 302
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


def test_lesson_nobody_opened_may_be_deleted(people: People) -> None:
    lesson = LessonFactory()

    login(people.trainer).post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))

    assert not LessonPage.objects.filter(pk=lesson.pk).exists()
