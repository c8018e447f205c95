"""From enrolling to the completed programme and the admission it brings."""

import pytest

from common.errors import BadInput, NotPossibleNow
from common.models import AuditEvent
from personnel.enums import Tier
from tests.factories.cms import CourseFactory, LessonFactory
from tests.factories.personnel import OfficerFactory, UnitFactory
from tests.training.learning.readers import Reader
from training.domain import enrolment, programmes
from training.enums import EnrolmentState
from training.models import Enrolment, Programme

pytestmark = pytest.mark.django_db


def make_programme(*courses: object, required_minutes: int = 3) -> Programme:
    return programmes.create(
        title="2026年在岗轮训",
        year=2026,
        tier=Tier.IN_POST,
        unit=UnitFactory(),
        courses=courses,  # type: ignore[arg-type]
        required_minutes=required_minutes,
        by=None,
    )


def test_programme_keeps_its_courses_in_order() -> None:
    first, second = LessonFactory().get_parent().specific, LessonFactory().get_parent().specific

    programme = make_programme(second, first)

    assert [row.course_id for row in programme.programme_courses.all()] == [second.pk, first.pk]


@pytest.mark.parametrize("required", [0, 11])
def test_programme_that_nobody_could_complete_is_refused(required: int) -> None:
    course = LessonFactory(minutes=10).get_parent().specific

    with pytest.raises(BadInput) as refusal:
        make_programme(course, required_minutes=required)

    assert refusal.value.code == "unreachable_minutes"
    assert not Programme.objects.exists()


def test_enrolling_twice_leaves_one_enrolment() -> None:
    officer = OfficerFactory()
    programme = make_programme(LessonFactory().get_parent().specific)
    enrolment.enrol(programme, [officer], by=None)

    again = enrolment.enrol(programme, [officer, OfficerFactory()], by=None)

    assert len(again) == 2
    assert Enrolment.objects.count() == 2


def test_required_minutes_complete_the_programme() -> None:
    officer = OfficerFactory()
    course = CourseFactory()
    lessons = [LessonFactory(course=course, minutes=2) for _ in range(2)]
    programme = make_programme(course, required_minutes=3)
    enrolment.enrol(programme, [officer], by=None)
    reader = Reader(officer)

    reader.read(lessons[0], minutes=2)
    assert Enrolment.objects.get().state == EnrolmentState.ACTIVE
    reader.read(lessons[1], minutes=1)

    row = Enrolment.objects.get()
    assert (row.state, row.completed_at) == (EnrolmentState.COMPLETED, reader.now)
    assert AuditEvent.objects.filter(action="training.enrolment_completed").count() == 1


def test_what_was_learned_before_counts() -> None:
    officer = OfficerFactory()
    lesson = LessonFactory(minutes=3)
    Reader(officer).read(lesson, minutes=3)

    (row,) = enrolment.enrol(make_programme(lesson.get_parent().specific), [officer], by=None)

    row.refresh_from_db()
    assert row.state == EnrolmentState.COMPLETED


def test_minutes_of_other_courses_do_not_complete() -> None:
    officer = OfficerFactory()
    enrolment.enrol(make_programme(LessonFactory().get_parent().specific), [officer], by=None)

    Reader(officer).read(LessonFactory(), minutes=5)

    assert Enrolment.objects.get().state == EnrolmentState.ACTIVE


def test_minutes_stay_when_a_lesson_is_taken_offline() -> None:
    officer = OfficerFactory()
    course = CourseFactory()
    first, second = (LessonFactory(course=course, minutes=2) for _ in range(2))
    enrolment.enrol(make_programme(course, required_minutes=3), [officer], by=None)
    reader = Reader(officer)
    reader.read(first, minutes=2)
    first.unpublish()

    reader.read(second, minutes=1)

    assert Enrolment.objects.get().state == EnrolmentState.COMPLETED


def test_withdrawn_officer_can_be_enrolled_again() -> None:
    officer = OfficerFactory()
    programme = make_programme(LessonFactory().get_parent().specific)
    (row,) = enrolment.enrol(programme, [officer], by=None)
    enrolment.withdraw(row, by=officer, reason="调离")

    enrolment.enrol(programme, [officer], by=None)

    row.refresh_from_db()
    assert row.state == EnrolmentState.ACTIVE


def test_completed_programme_cannot_be_left() -> None:
    officer = OfficerFactory()
    lesson = LessonFactory(minutes=3)
    Reader(officer).read(lesson, minutes=3)
    (row,) = enrolment.enrol(make_programme(lesson.get_parent().specific), [officer], by=None)

    with pytest.raises(NotPossibleNow):
        enrolment.withdraw(row, by=officer, reason="")
