"""我的: what is next, from the first day to the certificate."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from common import clock
from personnel.enums import Tier
from personnel.models import Officer
from tests.factories import exams, training
from tests.factories.cms import CourseFactory, LessonFactory
from tests.personas import People, login
from tests.training.learning.readers import Reader
from training.domain import enrolment, programmes
from training.models import Programme
from training.queries import learning

pytestmark = pytest.mark.django_db


def make_programme(people: People, course: Any, **values: Any) -> Programme:
    defaults: dict[str, Any] = {
        "title": "2026年在岗轮训",
        "year": 2026,
        "tier": Tier.IN_POST,
        "unit": people.city,
        "courses": [course],
        "required_minutes": 2,
        "by": None,
    }
    return programmes.create(**{**defaults, **values})


def step(officer: Officer) -> learning.NextStep:
    found = learning.next_step(officer)
    assert found is not None
    return found


def test_anonymous_visitor_is_sent_to_the_login(client: Client) -> None:
    answer = client.get("/")

    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/"


def test_officer_without_programme_is_told_so(people: People) -> None:
    page = login(people.learner).get("/").content.decode()

    assert learning.next_step(people.learner) is None
    assert "您目前没有培训任务" in page
    assert "/content/courses/" in page


def test_first_lesson_is_next_and_by_when(people: People) -> None:
    lesson = LessonFactory(title="立案与取证", minutes=2)
    due = clock.today() + timedelta(days=30)
    programme = make_programme(people, lesson.get_parent().specific, due_on=due)
    enrolment.enrol(programme, [people.learner], by=None)

    found = step(people.learner)
    page = login(people.learner).get("/").content.decode()

    assert (found.href, found.due, found.label) == (lesson.url, due, "开始学习")
    assert "立案与取证" in found.sentence
    assert "0 / 2 分钟" in page


def test_the_lesson_after_is_next_when_one_is_done(people: People) -> None:
    course = CourseFactory()
    first, second = (LessonFactory(course=course, minutes=2) for _ in range(2))
    programme = make_programme(people, course, required_minutes=4)
    enrolment.enrol(programme, [people.learner], by=None)
    Reader(people.learner).read(first, minutes=2)

    assert (step(people.learner).href, step(people.learner).label) == (second.url, "继续学习")


def test_soonest_due_programme_comes_first(people: People) -> None:
    late, soon = LessonFactory(minutes=2), LessonFactory(minutes=2)
    for lesson, day in ((late, date(2030, 1, 1)), (soon, date(2029, 1, 1))):
        made = make_programme(people, lesson.get_parent().specific, due_on=day)
        enrolment.enrol(made, [people.learner], by=None)

    assert step(people.learner).href == soon.url


def test_completed_programme_waits_for_the_exam_office(people: People) -> None:
    hall = exams.hall(people)
    lesson = LessonFactory(minutes=2)
    programme = make_programme(people, lesson.get_parent().specific, exam=hall.exam)
    enrolment.enrol(programme, [people.learner], by=None)
    Reader(people.learner).read(lesson, minutes=2)

    found = step(people.learner)

    assert found.href == f"/programmes/{programme.code}/"
    assert "考务人员" in found.sentence


def test_open_sitting_comes_before_everything(people: People) -> None:
    lesson = LessonFactory(minutes=2)
    enrolment.enrol(make_programme(people, lesson.get_parent().specific), [people.learner], by=None)
    hall = exams.hall(people)
    candidacy = hall.candidate(people.learner)

    found = step(people.learner)

    assert found.href == f"/exams/room/{candidacy.code}/"
    assert found.due == hall.sitting.entry_closes_at


def test_registered_but_not_admitted_is_said(people: People) -> None:
    candidacy = exams.hall(people).candidate(people.learner, admitted=False)

    assert step(people.learner).href == f"/exams/candidacies/{candidacy.code}/"
    assert "尚未获准" in step(people.learner).sentence


def test_running_attempt_leads_back_to_the_room(people: People) -> None:
    attempt = exams.hall(people).attempt(people.learner)

    assert step(people.learner).href == f"/exams/room/{attempt.candidacy.code}/"
    assert step(people.learner).due == attempt.deadline_at


def test_handed_in_waits_for_the_release(people: People) -> None:
    training.sit(exams.hall(people), people.learner)

    assert step(people.learner).href == "/exams/"
    assert "已交卷" in step(people.learner).sentence


def test_failed_exam_leads_to_retraining(people: People) -> None:
    plan = training.plan(people, people.learner)

    assert step(people.learner).href == f"/retraining/{plan.code}/"


def test_certificate_is_valid_and_nothing_is_due(people: People) -> None:
    certificate = training.certificate(people, people.learner)

    found = step(people.learner)
    page = login(people.learner).get("/").content.decode()

    assert (found.href, found.due) == ("/certificates/", certificate.last_valid_day)
    assert certificate.number in page


def test_page_costs_the_same_for_one_programme_and_for_three(
    people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = login(people.learner)

    def add() -> None:
        lesson = LessonFactory(minutes=2)
        LessonFactory(course=lesson.get_parent().specific)
        made = make_programme(people, lesson.get_parent().specific)
        enrolment.enrol(made, [people.learner], by=None)
        Reader(people.learner).open(lesson)

    add()
    client.get("/")
    with django_assert_max_num_queries(100) as one:
        client.get("/")
    add()
    add()
    with django_assert_max_num_queries(100) as three:
        client.get("/")

    assert len(three) == len(one)


def test_learning_that_opens_an_exam_now_comes_before_an_exam_that_can_wait(
    people: People,
) -> None:
    waiting = exams.hall(people, lasts_minutes=30)
    can_wait = exams.hall(people, seed=8, lasts_minutes=60 * 24 * 30)
    can_wait.sitting.entry_closes_at = can_wait.sitting.ends_at
    can_wait.sitting.save(update_fields=["entry_closes_at"])
    lesson = LessonFactory(minutes=2)
    programme = make_programme(people, lesson.get_parent().specific, exam=waiting.exam)
    enrolment.enrol(programme, [people.learner], by=None)
    can_wait.candidate(people.learner)
    waiting.candidate(people.learner, admitted=False)

    found = step(people.learner)

    assert (found.href, found.due) == (lesson.url, waiting.sitting.entry_closes_at)


def test_missed_day_is_said(people: People) -> None:
    lesson = LessonFactory(minutes=2)
    yesterday = clock.today() - timedelta(days=1)
    programme = make_programme(people, lesson.get_parent().specific, due_on=yesterday)
    enrolment.enrol(programme, [people.learner], by=None)

    page = login(people.learner).get("/").content.decode()

    assert step(people.learner).is_overdue
    assert "已逾期" in page
