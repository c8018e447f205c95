"""Officers on programmes, from enrolling to the day the required minutes are learned."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from cms.models import LessonPage
from cms.queries import courses as content
from common import audit, clock
from common.transitions import TransitionTable
from personnel.models import Officer
from training.domain import admission
from training.enums import EnrolmentState
from training.models import Enrolment, HoursEntry, Programme

ENROLMENTS = TransitionTable(
    name="enrolment",
    states=EnrolmentState,
    moves={
        EnrolmentState.ACTIVE: {
            EnrolmentState.COMPLETED: _("required minutes learned"),
            EnrolmentState.WITHDRAWN: _("taken off the programme"),
        },
        EnrolmentState.COMPLETED: {},
        EnrolmentState.WITHDRAWN: {EnrolmentState.ACTIVE: _("enrolled again")},
    },
)


def enrol(programme: Programme, officers: Iterable[Officer], *, by: Officer | None) -> list[Enrolment]:
    """Put officers on a programme; return their enrolments, also of those who were on it already.

    What an officer learned of its courses before counts, so somebody may complete at once.
    """
    at = clock.now()
    wanted = list(officers)
    with transaction.atomic():
        known = {row.officer_id: row for row in programme.enrolments.filter(officer__in=wanted)}
        fresh = [
            Enrolment(programme=programme, officer=officer, enrolled_at=at)
            for officer in wanted
            if officer.pk not in known
        ]
        Enrolment.objects.bulk_create(fresh, batch_size=200)
        for row in known.values():
            if row.state == EnrolmentState.WITHDRAWN:
                ENROLMENTS.move(row, EnrolmentState.ACTIVE, by=by, at=at)
        audit.record(
            "training.officers_enrolled",
            by=by,
            at=at,
            subject=f"programme:{programme.code}",
            detail={"officers": [row.officer.service_no for row in fresh]},
        )
        rows = list(programme.enrolments.filter(officer__in=wanted).select_related("officer"))
        _complete(programme, [row for row in rows if row.state == EnrolmentState.ACTIVE], at=at)
    return rows


def withdraw(enrolment: Enrolment, *, by: Officer, reason: str) -> Enrolment:
    """Take an officer off a programme; hours already credited stay.

    Raises:
        NotPossibleNow: the programme is completed, or left already.
    """
    at = clock.now()
    return ENROLMENTS.move(enrolment, EnrolmentState.WITHDRAWN, by=by, at=at, reason=reason)


def complete_ready(officer: Officer, lesson: LessonPage, *, at: datetime) -> None:
    """Complete the officer's programmes that hold this lesson's course and whose minutes are met."""
    course = lesson.get_parent()
    rows = Enrolment.objects.filter(
        officer=officer, state=EnrolmentState.ACTIVE, programme__programme_courses__course=course.pk
    ).select_related("programme", "officer")
    for row in rows:
        _complete(row.programme, [row], at=at)


def _complete(programme: Programme, rows: list[Enrolment], *, at: datetime) -> None:
    if not rows:
        return
    learned = _minutes(programme, [row.officer_id for row in rows])
    for row in rows:
        if learned.get(row.officer_id, 0) < programme.required_minutes:
            continue
        ENROLMENTS.move(row, EnrolmentState.COMPLETED, by=None, at=at, completed_at=at)
        admission.admit_ready(row.officer, programme, at=at)


def _minutes(programme: Programme, officer_ids: list[int]) -> dict[int, int]:
    """Return officer id → minutes in the ledger for lessons of the programme's courses."""
    courses = [row.course for row in programme.programme_courses.select_related("course")]
    lessons = content.lessons_of(courses, only_live=False)
    entries = HoursEntry.objects.filter(officer__in=officer_ids, lesson__in=lessons.values("pk"))
    sums = entries.order_by().values_list("officer").annotate(minutes=Sum("minutes"))
    return dict(sums.values_list("officer", "minutes"))
