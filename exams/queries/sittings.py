"""Who is where in a sitting, in a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from exams.enums import AttemptState, CandidacyState
from exams.models import Attempt, Candidacy, Response, Sitting
from exams.queries.exams import visible_to as exams_visible_to
from personnel.models import Officer, Posting

# Seconds without a sign of life after which a running page is shown as out of contact.
SILENT_SECONDS = 60


@dataclass(frozen=True)
class MonitorRow:
    """A seat of the wall.

    Attributes:
        answered: number of items with an answer in effect; None before the start.
        remaining_seconds: until the deadline; None unless running.
        needs_attention: running without a sign of life.
    """

    candidacy: Candidacy
    unit_name: str
    attempt: Attempt | None
    answered: int | None
    remaining_seconds: int | None
    needs_attention: bool


def visible_to(officer: Officer) -> QuerySet[Sitting]:
    """Return the sittings of exams this officer may see."""
    return Sitting.objects.filter(exam__in=exams_visible_to(officer)).select_related("exam__scheme", "paper")


def monitor_rows(sitting: Sitting, *, at: datetime) -> list[MonitorRow]:
    """Return every candidate of a sitting as of now; three queries, whatever their number."""
    candidacies = list(
        Candidacy.objects.filter(sitting=sitting)
        .exclude(state=CandidacyState.WITHDRAWN)
        .select_related("officer", "attempt")
        .order_by("seat_no", "officer__service_no")
    )
    units = dict(
        Posting.objects.filter(
            officer__in=[candidacy.officer_id for candidacy in candidacies], ends_on__isnull=True
        ).values_list("officer", "unit__name")
    )
    answered = _answered_counts(sitting)
    rows = [_row(candidacy, units, answered, at=at) for candidacy in candidacies]
    return sorted(rows, key=lambda row: not row.needs_attention)


def _row(candidacy: Candidacy, units: dict[int, str], answered: dict[int, int], *, at: datetime) -> MonitorRow:
    attempt: Attempt | None = getattr(candidacy, "attempt", None)
    running = attempt is not None and attempt.state == AttemptState.IN_PROGRESS
    return MonitorRow(
        candidacy=candidacy,
        unit_name=units.get(candidacy.officer_id, ""),
        attempt=attempt,
        answered=answered.get(attempt.pk, 0) if attempt else None,
        remaining_seconds=max(0, int((attempt.deadline_at - at).total_seconds())) if attempt and running else None,
        needs_attention=bool(attempt and running and at - attempt.last_seen_at > timedelta(seconds=SILENT_SECONDS)),
    )


def _answered_counts(sitting: Sitting) -> dict[int, int]:
    """Return attempt → number of items answered, from one pass over the sitting's saves."""
    effective: dict[int, dict[str, bool]] = {}
    rows = (
        Response.objects.filter(attempt__candidacy__sitting=sitting, is_late=False)
        .order_by("attempt", "seq")
        .values_list("attempt", "answers")
    )
    for attempt_id, answers in rows.iterator(chunk_size=2000):
        items = effective.setdefault(attempt_id, {})
        for answer in answers:
            items[answer["item"]] = bool(answer["value"])
    return {attempt_id: sum(items.values()) for attempt_id, items in effective.items()}
