"""Work of exams off the request path. Each task may run twice and does its work once."""

from common import clock, schedules
from exams.domain import attempts, grading
from exams.enums import CLOSED_STATES
from exams.models import Attempt


def grade_attempt(attempt_id: int) -> None:
    """Grade one closed attempt."""
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.state in CLOSED_STATES:
        grading.grade(attempt)


def close_overdue() -> int:
    """Close what is past its deadline, and grade what an interrupted worker left ungraded."""
    closed = attempts.close_overdue(at=clock.now())
    waiting = Attempt.objects.filter(state__in=CLOSED_STATES, result__isnull=True).values_list(
        "pk", flat=True
    )
    for attempt_id in list(waiting[:500]):
        grade_attempt(attempt_id)
    return closed


schedules.register("exams_close_overdue", "exams.tasks.close_overdue", minutes=1)
