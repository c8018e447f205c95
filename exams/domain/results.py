"""Releasing results: an act with a date."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from common import audit, clock
from common.errors import NotPossibleNow
from exams.domain.exams import EXAM_MOVES
from exams.enums import CLOSED_STATES, RUNNING_STATES, AttemptState, CandidacyState, ExamState
from exams.models import Attempt, Candidacy, Exam, Result
from exams.signals import result_published
from personnel.models import Officer


@dataclass(frozen=True)
class Readiness:
    """Whether an exam's results can be released: numbers of attempts; `graded` are those not yet released."""

    running: int
    ungraded: int
    graded: int

    @property
    def is_ready(self) -> bool:
        return self.running == 0 and self.ungraded == 0 and self.graded > 0


def readiness(exam: Exam) -> Readiness:
    """Count what stands in the way of releasing."""
    attempts = Attempt.objects.filter(paper__exam=exam)
    return Readiness(
        running=attempts.filter(state=AttemptState.IN_PROGRESS).count(),
        ungraded=attempts.filter(state__in=CLOSED_STATES, result__isnull=True).count(),
        graded=attempts.filter(
            state__in=CLOSED_STATES, result__released_at__isnull=True, result__isnull=False
        ).count(),
    )


def check_releasable(exam: Exam) -> None:
    """Raise `NotPossibleNow` with the reason while results cannot be released."""
    if exam.state not in RUNNING_STATES:
        raise NotPossibleNow(_("Results are released after the sittings of a sealed paper."))
    state = readiness(exam)
    if state.running:
        raise NotPossibleNow(_("%(count)d attempts are still running.") % {"count": state.running})
    if state.ungraded:
        raise NotPossibleNow(_("%(count)d attempts are not graded yet.") % {"count": state.ungraded})
    if not state.graded:
        raise NotPossibleNow(_("There is no graded attempt whose result is not released yet."))
    waiting = Candidacy.objects.filter(
        sitting__exam=exam,
        sitting__entry_closes_at__gt=clock.now(),
        state=CandidacyState.ADMITTED,
        attempt__isnull=True,
    ).count()
    if waiting:
        raise NotPossibleNow(
            _("%(count)d admitted candidates may still begin; wait until entry has closed.") % {"count": waiting}
        )


def release(exam: Exam, *, by: Officer) -> int:
    """Make every unreleased result of the exam visible to its officer; return how many.

    Announces `result_published` for each inside the transaction: certificates and retraining follow from it.

    Raises:
        NotPossibleNow: attempts run, wait for grading, or may still begin; or nothing is left to release.
    """
    at = clock.now()
    with transaction.atomic():
        locked = Exam.objects.select_for_update().get(pk=exam.pk)
        check_releasable(locked)
        keys = list(
            Result.objects.filter(exam=locked, released_at__isnull=True)
            .exclude(attempt__state=AttemptState.VOIDED)
            .values_list("pk", flat=True)
        )
        Result.objects.filter(pk__in=keys).update(released_at=at, released_by=by)
        if locked.state == ExamState.SEALED:
            EXAM_MOVES.move(exam, ExamState.RELEASED, by=by, at=at, released_at=at, released_by=by)
        for key in keys:
            result_published.send(Result, result_id=key, at=at)
        audit.record(
            "exams.results_released",
            by=by,
            at=at,
            subject=f"exam:{exam.code}",
            detail={"results": len(keys)},
        )
    return len(keys)
