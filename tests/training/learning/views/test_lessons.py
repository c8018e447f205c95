"""Signs of life over HTTP: the page never says for how long."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories.cms import LessonFactory
from tests.personas import People, login
from training.models import LessonProgress

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_time_between_two_signs_is_credited(people: People) -> None:
    lesson = LessonFactory(minutes=2)
    address = f"/lessons/{lesson.pk}/beat/"
    with time_machine.travel(START, tick=False) as clock:
        client = login(people.learner)
        client.post(address, {"opening": "1"})
        for _ in range(4):
            clock.shift(timedelta(seconds=15))
            answer = client.post(address)

    assert answer.json() == {
        "seconds_read": 60,
        "minutes_credited": 1,
        "lesson_minutes": 2,
        "completed": False,
        "capped": False,
    }


@pytest.mark.parametrize("claim", [{"seconds": "3600"}, {"minutes": "90"}, {"seconds_read": "99"}])
def test_what_the_page_claims_is_not_heard(people: People, claim: dict[str, str]) -> None:
    lesson = LessonFactory()
    client = login(people.learner)
    with time_machine.travel(START, tick=False):
        client.post(f"/lessons/{lesson.pk}/beat/", {"opening": "1"})
        answer = client.post(f"/lessons/{lesson.pk}/beat/", claim)

    assert answer.json()["seconds_read"] == 0


def test_lesson_page_starts_counting(people: People) -> None:
    lesson = LessonFactory()

    page = login(people.learner).get(lesson.url).content.decode()

    assert f'data-reading-url="/lessons/{lesson.pk}/beat/"' in page
    assert "training/js/reading.js" in page


def test_looking_at_a_lesson_writes_nothing(people: People) -> None:
    login(people.learner).get(LessonFactory().url)

    assert not LessonProgress.objects.exists()


def test_lost_login_is_said_in_words(client: Client) -> None:
    answer = client.post(f"/lessons/{LessonFactory().pk}/beat/")

    assert answer.status_code == 401
    assert "登录已失效" in answer.json()["message"]
    assert not LessonProgress.objects.exists()


def test_forged_request_is_refused(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.learner, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(f"/lessons/{LessonFactory().pk}/beat/").status_code == 403
    assert not LessonProgress.objects.exists()


def test_reading_by_get_is_not_allowed(people: People) -> None:
    assert login(people.learner).get(f"/lessons/{LessonFactory().pk}/beat/").status_code == 405


def test_unpublished_lesson_does_not_count(people: People) -> None:
    client = login(people.learner)
    draft, orphan = LessonFactory(), LessonFactory()
    draft.unpublish()
    orphan.get_parent().specific.unpublish()

    for lesson in (draft, orphan):
        assert client.post(f"/lessons/{lesson.pk}/beat/").status_code == 404
    assert client.post("/lessons/999999/beat/").status_code == 404
