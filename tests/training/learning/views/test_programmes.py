"""Programme and hours: one's own, and nobody else's."""

from typing import Any

import pytest
from django.test import Client

from personnel.enums import Tier
from tests.factories.cms import CourseFactory, LessonFactory
from tests.personas import People, login
from tests.training.learning.readers import Reader
from training.domain import enrolment, programmes
from training.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Any:
    return CourseFactory()


@pytest.fixture
def programme(people: People, course: Any) -> Programme:
    LessonFactory(course=course, title="头一课", minutes=2)
    LessonFactory(course=course, title="后一课", minutes=5)
    made = programmes.create(
        title="2026年在岗轮训",
        year=2026,
        tier=Tier.IN_POST,
        unit=people.city,
        courses=[course],
        required_minutes=6,
        by=None,
    )
    enrolment.enrol(made, [people.learner], by=None)
    return made


def test_programme_shows_what_is_done_and_what_is_next(people: People, programme: Programme, course: Any) -> None:
    first, second = course.lessons
    Reader(people.learner).read(first, minutes=2)

    answer = login(people.learner).get(f"/programmes/{programme.code}/")

    study = answer.context["study"]
    assert (study.minutes_credited, study.minutes_left) == (2, 4)
    assert [line.mark.value for line in study.courses[0].lessons] == ["done", "new"]
    assert study.next_lesson == second
    assert "还差 4 分钟" in answer.content.decode()


def test_programme_is_shown_to_those_who_are_on_it(people: People, programme: Programme) -> None:
    address = f"/programmes/{programme.code}/"

    seen = {part for part, who in people.each() if login(who).get(address).status_code == 200}

    assert seen == {"learner"}
    assert Client().get(address).status_code == 302


def test_withdrawn_officer_no_longer_sees_it(people: People, programme: Programme) -> None:
    enrolment.withdraw(programme.enrolments.get(), by=people.trainer, reason="调离")

    assert login(people.learner).get(f"/programmes/{programme.code}/").status_code == 404


def test_hours_are_ones_own_folded_by_day(people: People, programme: Programme, course: Any) -> None:
    first, second = course.lessons
    reader = Reader(people.learner)
    reader.read(first, minutes=2)
    reader.read(second, minutes=1)
    Reader(people.colleague).read(first, minutes=1)

    days = login(people.learner).get("/hours/").context["days"]

    assert [(row.title, row.minutes, row.entries) for row in days] == [
        ("后一课", 1, 1),
        ("头一课", 2, 2),
    ]


def test_empty_hours_say_what_to_do(people: People) -> None:
    assert "还没有学时" in login(people.learner).get("/hours/").content.decode()


def test_course_page_shows_the_officers_own_marks(people: People, programme: Programme, course: Any) -> None:
    Reader(people.learner).read(course.lessons[0], minutes=2)

    mine = login(people.learner).get(course.url).content.decode()
    theirs = login(people.colleague).get(course.url).content.decode()

    assert "lesson-list__item--done" in mine
    assert "lesson-list__item--done" not in theirs
