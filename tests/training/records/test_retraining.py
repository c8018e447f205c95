from datetime import timedelta

import pytest
import time_machine

from common import clock
from exams import api
from exams.enums import CandidacyState
from personnel.enums import Tier
from question_banks.models import LessonKnowledge
from tests.factories import exams as exam_factory, training as factory
from tests.factories.cms import CourseFactory, LessonFactory
from training import tasks
from training.domain import enrolment, programmes, progress, retraining
from training.enums import RetrainingState
from training.models import RetrainingPlan
from training.queries import retraining as queries
from training.queries.retraining import REREAD_BEATS

pytestmark = pytest.mark.django_db


def point(code, marks, full="20.00"):
    return {"code": code, "name": code, "marks": marks, "full": full, "items": 2, "right": 0}


def test_weak_points_are_those_below_the_share_weakest_first():
    profile = [point("a", "12.00"), point("b", "11.99"), point("c", "0.00"), point("d", "20.00")]
    assert [row.code for row in retraining.weak_points(profile, below_percent=60)] == ["c", "b"]


def test_the_weakest_point_stands_when_none_is_below_the_share():
    profile = [point("a", "15.00"), point("b", "14.00")]
    assert [row.code for row in retraining.weak_points(profile, below_percent=60)] == ["b"]
    assert retraining.weak_points([], below_percent=60) == []


@pytest.fixture
def lesson():
    """A lesson that teaches one of the two knowledge points of the exam."""
    taught = LessonFactory(course=CourseFactory())
    LessonKnowledge.objects.create(lesson=taught, knowledge_point=exam_factory.knowledge_point("KP1"))
    return taught


def read(officer, lesson, *, beats):
    at = clock.now() + timedelta(seconds=1)
    for step in range(beats):
        progress.beat(officer, lesson, opening=step == 0, at=at + timedelta(seconds=20 * step))


def test_failure_makes_a_plan_with_lessons_and_open_gaps(people, lesson):
    plan = factory.plan(people, people.learner, resit_wait_days=14)
    items = {item.knowledge_point.code: item.lesson_id for item in plan.items.all()}
    assert items == {"KP1": lesson.pk, "KP2": None}
    assert plan.resit_opens_on == clock.today() + timedelta(days=14)
    assert plan.state == RetrainingState.OPEN


def test_a_point_without_lessons_takes_those_of_the_point_above(people, lesson):
    above = exam_factory.knowledge_point("KP1")
    child = above.add_child(code="KP1-1", name="简易程序")
    found = retraining._lessons_for([child])
    assert found == {child.path: [lesson.pk]}


def test_one_glance_is_not_reading_again(people, lesson):
    plan = factory.plan(people, people.learner, resit_wait_days=0)
    read(people.learner, lesson, beats=REREAD_BEATS - 1)
    assert retraining.review(plan, at=clock.now()).state == RetrainingState.OPEN
    assert not queries.standing(plan).has_read_all


def test_what_was_read_before_the_failure_does_not_count(people, lesson):
    read(people.learner, lesson, beats=10)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        plan = factory.plan(people, people.learner, resit_wait_days=0)
        read(people.learner, lesson, beats=1)
        assert retraining.review(plan, at=clock.now()).state == RetrainingState.OPEN


def test_ready_needs_every_lesson_and_the_day(people, lesson):
    plan = factory.plan(people, people.learner, resit_wait_days=14)
    read(people.learner, lesson, beats=REREAD_BEATS)
    assert retraining.review(plan, at=clock.now()).state == RetrainingState.OPEN
    assert plan.items.get(lesson=lesson).reread_at
    with time_machine.travel(clock.now() + timedelta(days=14), tick=True):
        assert queries.standing(plan).may_resit
        assert tasks.review_retraining() == 1
        assert tasks.review_retraining() == 0
    plan.refresh_from_db()
    assert plan.state == RetrainingState.READY


def test_passing_the_resit_closes_the_plan(people, lesson):
    released = factory.released(people, failed=[people.learner], resit_wait_days=0)
    plan = RetrainingPlan.objects.get()
    scheme = released.hall.exam.scheme
    second = exam_of(people, scheme)
    factory.sit(second, people.learner)
    factory.release(second)
    plan.refresh_from_db()
    assert plan.state == RetrainingState.CLOSED
    # A late repeat of the failure's task opens nothing again.
    tasks.follow_up(plan.result_id)
    assert RetrainingPlan.objects.get().state == RetrainingState.CLOSED


def test_failing_again_replaces_the_plan(people, lesson):
    released = factory.released(people, failed=[people.learner], resit_wait_days=0)
    first = RetrainingPlan.objects.get()
    second = exam_of(people, released.hall.exam.scheme)
    factory.sit(second, people.learner, wrong=9)
    factory.release(second)
    first.refresh_from_db()
    assert first.state == RetrainingState.CLOSED
    assert RetrainingPlan.objects.exclude(pk=first.pk).get().state == RetrainingState.OPEN


def test_failure_followed_up_after_a_later_pass_opens_no_plan(people, lesson):
    hall = exam_factory.hall(people, resit_wait_days=0)
    factory.sit(hall, people.learner, wrong=9)
    failed = factory.release(hall, follow=False).result(people.learner)
    second = exam_of(people, hall.exam.scheme)
    factory.sit(second, people.learner)
    factory.release(second)
    tasks.follow_up(failed.pk)
    assert not RetrainingPlan.objects.exists()


def exam_of(people, scheme):
    """Another exam of the same scheme, open now."""
    exam = api.create_exam(
        title="补考", scheme=scheme, unit=people.city, banks=[bank_of(people)], by=people.exam_officer
    )
    paper = api.seal(api.draw(exam, by=people.exam_officer, seed=8), by=people.exam_officer)
    exam.refresh_from_db()
    opens_at = clock.now() - timedelta(minutes=1)
    sitting = api.create_sitting(
        exam,
        paper=paper,
        name="补考场",
        opens_at=opens_at,
        ends_at=opens_at + timedelta(minutes=60),
        entry_closes_at=opens_at + timedelta(minutes=30),
        by=people.exam_officer,
    )
    return exam_factory.Hall(exam, paper, sitting, people.exam_officer)


def bank_of(people):
    from question_banks.models import Bank  # noqa: PLC0415

    return Bank.objects.first()


def test_ready_admits_to_the_exam_she_waits_for(people, lesson):
    """Whoever failed earlier is admitted to the next exam when her hours and her retraining are done."""
    plan = factory.plan(people, people.learner, resit_wait_days=0)
    hall = exam_of(people, plan.result.exam.scheme)
    programme = programmes.create(
        title="年度培训",
        year=2026,
        tier=Tier.IN_POST,
        unit=people.city,
        courses=[lesson.get_parent().specific],
        required_minutes=1,
        exam=hall.exam,
        by=people.trainer,
    )
    enrolment.enrol(programme, [people.learner], by=people.trainer)
    candidacy = hall.candidate(people.learner, admitted=False)
    at = clock.now()
    progress.beat(people.learner, lesson, opening=True, at=at)
    for step in range(1, REREAD_BEATS - 1):
        progress.beat(people.learner, lesson, at=at + timedelta(seconds=30 * step))
    candidacy.refresh_from_db()
    assert candidacy.state == CandidacyState.REGISTERED
    progress.beat(people.learner, lesson, at=at + timedelta(seconds=30 * REREAD_BEATS))
    retraining.review(plan, at=at + timedelta(minutes=3))
    candidacy.refresh_from_db()
    assert candidacy.state == CandidacyState.ADMITTED
