"""Who sits: registration, admission, extra time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import formats
from django.utils.translation import gettext as _, gettext_lazy

from common import audit, clock
from common.errors import BadInput, NotPossibleNow
from common.transitions import TransitionTable
from exams.domain import evidence
from exams.enums import RUNNING_STATES, AttemptState, CandidacyState, EventKind
from exams.models import Attempt, Candidacy, Result, Sitting
from exams.signals import candidacy_registered
from personnel.enums import Role
from personnel.models import Officer, RoleGrant

CANDIDACY_MOVES = TransitionTable(
    "candidacy",
    CandidacyState,
    {
        CandidacyState.REGISTERED: {
            CandidacyState.ADMITTED: gettext_lazy("the required learning is done, or an exam officer decides"),
            CandidacyState.WITHDRAWN: gettext_lazy("taken off the list"),
        },
        CandidacyState.ADMITTED: {CandidacyState.WITHDRAWN: gettext_lazy("taken off the list")},
        CandidacyState.WITHDRAWN: {CandidacyState.REGISTERED: gettext_lazy("put on the list again")},
    },
)


@dataclass(frozen=True)
class Registration:
    """What came of registering a list of officers: new candidacies, and who was refused with the reason."""

    registered: list[Candidacy]
    refused: list[tuple[Officer, str]]


def register(sitting: Sitting, officers: Iterable[Officer], *, by: Officer) -> Registration:
    """Register officers for a sitting. Those who cannot sit are named with the reason; the others are registered.

    Announces `candidacy_registered` for each inside the transaction. An exam that needs no admission admits at once.
    """
    at = clock.now()
    wanted = list(officers)
    with transaction.atomic():
        exam = sitting.exam
        if exam.state not in RUNNING_STATES:
            raise NotPossibleNow(_("Candidates are registered once the paper is sealed."))
        reasons = _refusals(sitting, wanted, at=at)
        resits = _resit_numbers(sitting, wanted)
        fitting = [officer for officer in wanted if officer.pk not in reasons]
        fresh = Candidacy.objects.bulk_create(
            [
                Candidacy(
                    sitting=sitting,
                    officer=officer,
                    resit_no=resits.get(officer.pk, 0),
                    state=CandidacyState.REGISTERED if exam.needs_admission else CandidacyState.ADMITTED,
                    admitted_at=None if exam.needs_admission else at,
                    registered_by=by,
                    registered_at=at,
                )
                for officer in fitting
            ],
            batch_size=200,
        )
        for candidacy in fresh:
            candidacy_registered.send(Candidacy, candidacy_id=candidacy.pk, at=at)
        audit.record(
            "exams.candidates_registered",
            by=by,
            at=at,
            subject=f"sitting:{sitting.code}",
            detail={
                "registered": [officer.service_no for officer in fitting],
                "refused": len(reasons),
            },
        )
    return Registration(fresh, [(officer, reasons[officer.pk]) for officer in wanted if officer.pk in reasons])


def _refusals(sitting: Sitting, officers: list[Officer], *, at: datetime) -> dict[int, str]:
    """Return officer → why they cannot be registered; a constant number of queries whatever the number of officers.

    Later rules outweigh earlier ones: a pass says more than a waiting time.
    """
    keys = [officer.pk for officer in officers]
    earlier = list(
        Candidacy.objects.filter(sitting__exam=sitting.exam_id, officer__in=keys).select_related(
            "sitting", "attempt__result"
        )
    )
    counted: dict[int, int] = {}
    reasons: dict[int, str] = {}
    for row in earlier:
        if row.state != CandidacyState.WITHDRAWN:
            counted[row.officer_id] = counted.get(row.officer_id, 0) + 1
        reason = _earlier_forbids(row, sitting, at=at)
        if reason:
            reasons[row.officer_id] = reason
    for officer in officers:
        if counted.get(officer.pk, 0) > sitting.exam.scheme.resits_max:
            reasons.setdefault(officer.pk, _("has used all resits of this exam"))
        if not officer.is_active:
            reasons[officer.pk] = _("has a disabled account")
    for key in _have_a_part_in(sitting).intersection(keys):
        reasons[key] = _("has a part in setting this paper and cannot sit it")
    for row in earlier:
        if _has_passed(row):
            reasons[row.officer_id] = _("has passed this exam already")
    return reasons


def _have_a_part_in(sitting: Sitting) -> set[int]:
    """Return who may know the paper: who drew, sealed or may look at it, and who wrote or approved its questions.

    Nobody authors, reviews and sits the same exam (F37).
    """
    paper, unit = sitting.paper, sitting.exam.unit
    people = {paper.drawn_by_id, paper.sealed_by_id}
    for row in paper.items.values_list(
        "version__author", "version__question__author", "version__question__approved_by"
    ):
        people.update(row)
    grants = RoleGrant.objects.filter(role=Role.EXAM_OFFICER, revoked_at__isnull=True).select_related("unit")
    people.update(grant.officer_id for grant in grants if unit.path.startswith(grant.unit.path))
    return {person for person in people if person is not None}


def _has_passed(row: Candidacy) -> bool:
    attempt: Attempt | None = getattr(row, "attempt", None)
    result: Result | None = getattr(attempt, "result", None)
    return bool(result and result.has_passed and result.released_at)


def _earlier_forbids(row: Candidacy, sitting: Sitting, *, at: datetime) -> str:
    """Return why an earlier candidacy of the same exam stands in the way; "" when it does not."""
    attempt: Attempt | None = getattr(row, "attempt", None)
    result: Result | None = getattr(attempt, "result", None)
    if row.state == CandidacyState.WITHDRAWN:
        on_this_list = row.sitting_id == sitting.pk
        return _("was taken off this sitting; put them back from the list of candidates") if on_this_list else ""
    if row.sitting_id == sitting.pk:
        return _("is registered for this sitting already")
    if attempt is None:
        return _("is registered for another sitting of this exam") if row.sitting.ends_at > at else ""
    if result is None or result.released_at is None:
        return _("has a result of this exam that is not released yet")
    earliest = clock.local_day(result.released_at) + timedelta(days=sitting.exam.scheme.resit_wait_days)
    if clock.local_day(sitting.opens_at) < earliest:
        return _("may sit again from %(day)s on") % {"day": formats.date_format(earliest, "SHORT_DATE_FORMAT")}
    if attempt.paper_id == sitting.paper_id:
        return _("has sat this form already; draw another form for the resit")
    return ""


def _resit_numbers(sitting: Sitting, officers: list[Officer]) -> dict[int, int]:
    numbers: dict[int, int] = {}
    for officer_id in Attempt.objects.filter(
        candidacy__sitting__exam=sitting.exam_id,
        candidacy__officer__in=[officer.pk for officer in officers],
    ).values_list("candidacy__officer", flat=True):
        numbers[officer_id] = numbers.get(officer_id, 0) + 1
    return numbers


def admit(candidacy: Candidacy, *, by: Officer | None, reason: str = "", at: datetime | None = None) -> Candidacy:
    """Admit a registered candidate; `by=None` is the platform, when the required learning is done.

    Admitting somebody who is admitted changes nothing. A person must give a reason.
    """
    if candidacy.state == CandidacyState.ADMITTED:
        return candidacy
    if by is not None and not reason.strip():
        raise BadInput(_("Say why this candidate is admitted without the required learning."), field="reason")
    at = at or clock.now()
    return CANDIDACY_MOVES.move(
        candidacy,
        CandidacyState.ADMITTED,
        by=by,
        at=at,
        reason=reason,
        admitted_at=at,
        admission_reason=reason[:200],
    )


def withdraw(candidacy: Candidacy, *, by: Officer, reason: str) -> Candidacy:
    """Take a candidate off the list. Somebody who has begun stays on it."""
    if not reason.strip():
        raise BadInput(_("Say why this candidate is taken off the list."), field="reason")
    with transaction.atomic():
        if Attempt.objects.filter(candidacy=candidacy).exists():
            raise NotPossibleNow(_("This candidate has begun the exam and stays on the list."))
        return CANDIDACY_MOVES.move(candidacy, CandidacyState.WITHDRAWN, by=by, at=clock.now(), reason=reason)


def reinstate(candidacy: Candidacy, *, by: Officer, reason: str) -> Candidacy:
    """Put a withdrawn candidate back on the list, to be admitted again."""
    return CANDIDACY_MOVES.move(
        candidacy, CandidacyState.REGISTERED, by=by, at=clock.now(), reason=reason, admitted_at=None
    )


def give_extra_time(candidacy: Candidacy, minutes: int, *, reason: str, by: Officer) -> Candidacy:
    """Add minutes for a candidate, before or during the exam; a running attempt's deadline moves at once (F10).

    Raises:
        BadInput: no minutes, more than a day, or no reason.
        NotPossibleNow: the attempt is handed in.
    """
    if not 1 <= minutes <= 24 * 60:
        raise BadInput(_("Give between 1 and 1440 minutes."), field="minutes")
    if not reason.strip():
        raise BadInput(_("Say why more time is given."), field="reason")
    at = clock.now()
    with transaction.atomic():
        locked = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
        attempt = Attempt.objects.select_for_update().filter(candidacy=locked).first()
        if attempt is not None:
            _extend(attempt, minutes, reason=reason, by=by, at=at)
        Candidacy.objects.filter(pk=locked.pk).update(
            extra_minutes=F("extra_minutes") + minutes, extra_reason=reason[:200]
        )
        audit.record(
            "exams.extra_time_given",
            by=by,
            at=at,
            subject=f"candidacy:{locked.code}",
            detail={"minutes": minutes},
            reason=reason,
        )
    candidacy.refresh_from_db()
    return candidacy


def _extend(attempt: Attempt, minutes: int, *, reason: str, by: Officer, at: datetime) -> None:
    if attempt.state != AttemptState.IN_PROGRESS:
        raise NotPossibleNow(_("This attempt is handed in; time can no longer be added."))
    attempt.deadline_at += timedelta(minutes=minutes)
    evidence.append_event(attempt, EventKind.EXTENDED, at=at, by=by, detail={"minutes": minutes, "reason": reason})
    attempt.save(update_fields=["deadline_at", "chain_length", "chain_head"])
