"""Where a candidate stands with one exam, in the words of her list of exams."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from exams.enums import AttemptState, CandidacyState, ExamState
from exams.models import Attempt, Candidacy, Result

# The room may be entered this long before the bell: the page waits there.
EARLY_ENTRY = timedelta(minutes=15)


@dataclass(frozen=True)
class Standing:
    """What to tell a candidate.

    Attributes:
        group: "now", "coming" or "past": the part of the list it belongs to.
        label, tone: the state as a badge.
        sentence: what it means and what comes next.
        can_enter: whether the room's door is open; `sentence` is the reason when it is not.
    """

    group: str
    label: str | Promise
    tone: str
    sentence: str | Promise
    can_enter: bool = False


def of(candidacy: Candidacy, *, at: datetime) -> Standing:
    """Return where the candidacy stands at `at`; reads the candidacy's relations only."""
    attempt: Attempt | None = getattr(candidacy, "attempt", None)
    if attempt is None:
        return _before(candidacy, at=at)
    if attempt.state == AttemptState.IN_PROGRESS:
        if at >= attempt.deadline_at:
            return Standing("past", _("Time is up"), "final", _("The server hands in everything it has received."))
        return Standing(
            "now",
            pgettext_lazy("of an attempt", "In progress"),
            "warning",
            _("Your exam is running. Go on where you left off."),
            can_enter=True,
        )
    return _after(attempt)


def _before(candidacy: Candidacy, *, at: datetime) -> Standing:
    sitting = candidacy.sitting
    if sitting.exam.state == ExamState.CANCELLED:
        return Standing("past", _("Cancelled"), "neutral", _("This exam was cancelled."))
    if at >= sitting.entry_closes_at or sitting.exam.state == ExamState.RELEASED:
        return Standing(
            "past",
            _("Not sat"),
            "neutral",
            _("Entry has closed. Ask your exam officer about the make-up sitting."),
        )
    group = "now" if at >= sitting.opens_at else "coming"
    if candidacy.state != CandidacyState.ADMITTED:
        return Standing(
            group,
            _("Not yet admitted"),
            "neutral",
            _("You are registered. You will be admitted once the required learning is finished."),
        )
    if at >= sitting.opens_at:
        return Standing(
            group, _("Open now"), "success", _("The exam is open. Enter before entry closes."), can_enter=True
        )
    return Standing(
        group,
        _("Admitted"),
        "info",
        _("You are admitted. The room opens 15 minutes before the exam begins."),
        can_enter=at >= sitting.opens_at - EARLY_ENTRY,
    )


def _after(attempt: Attempt) -> Standing:
    if attempt.state == AttemptState.VOIDED:
        return Standing(
            "past", _("Voided"), "danger", _("This attempt was voided by decision. Your exam officer tells you why.")
        )
    result: Result | None = getattr(attempt, "result", None)
    if result is None or result.released_at is None:
        return Standing(
            "past", _("Handed in"), "final", _("Your paper is handed in. The result appears here once it is released.")
        )
    if result.has_passed:
        return Standing("past", _("Passed"), "success", _("You have passed this exam."))
    return Standing("past", _("Not passed"), "danger", _("You have not passed this exam. See what to do next."))
