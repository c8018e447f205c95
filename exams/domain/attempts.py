"""Starting, saving, handing in and closing attempts: the examination room's rules.

Every act locks the attempt's row first, checks after the lock, and appends to the attempt's chain. The server's
clock, read once when the request arrives, decides what is in time.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from common import audit, clock, prepared, queue
from common.prepared import PreparedTable
from common.transitions import TransitionTable
from common.turns import writing_turn
from exams.domain import evidence, layouts, responses, timing
from exams.domain.room_tokens import RoomToken
from exams.enums import RUNNING_STATES, AttemptState, CandidacyState, EventKind
from exams.errors import (
    ActiveElsewhere,
    AttemptClosed,
    EntryRefused,
    Superseded,
    TokenInvalid,
    TooEarly,
    TooLate,
    TooMany,
)
from exams.models import Attempt, AttemptLayout, Candidacy, Response
from personnel.models import Officer

ATTEMPT_MOVES = TransitionTable(
    "attempt",
    AttemptState,
    {
        AttemptState.IN_PROGRESS: {
            AttemptState.SUBMITTED: gettext_lazy("the officer hands in"),
            AttemptState.TIMED_OUT: gettext_lazy("the deadline passes; the server hands in what it holds"),
            AttemptState.VOIDED: gettext_lazy("voided by decision"),
        },
        AttemptState.SUBMITTED: {AttemptState.VOIDED: gettext_lazy("voided by decision")},
        AttemptState.TIMED_OUT: {AttemptState.VOIDED: gettext_lazy("voided by decision")},
        AttemptState.VOIDED: {},
    },
)

# Seconds without a sign of life after which another page of the same officer may go on without asking.
ALIVE_SECONDS = 45
# Answers after the deadline are kept as evidence up to this number per attempt.
LATE_EVIDENCE_LIMIT = 20
SEED_LIMIT = 2**48
# Links of an attempt's chain after which a page's events are no longer noted. Somebody who switches windows once a
# minute for three hours makes a few hundred; a script makes a hundred thousand.
NOTED_LINKS = 5_000
# Links after which nothing more is stored: a save every half second for three hours stays below.
LINKS_LIMIT = 25_000
# Every save locks, reads and writes these; see `common.prepared` for why not by the ORM.
SAVED = PreparedTable(Attempt, updates=["last_seq", "last_seen_at", "chain_length", "chain_head"])


@dataclass(frozen=True)
class Saved:
    """What a save came to."""

    seq: int
    receipt: str
    attempt: Attempt


def check_may_start(candidacy: Candidacy, *, at: datetime) -> None:
    """Raise `EntryRefused` with the reason when the candidate cannot begin now."""
    sitting = candidacy.sitting
    if candidacy.state != CandidacyState.ADMITTED:
        raise EntryRefused(
            _("You are not admitted to this exam yet. Finish the required learning first."),
            code="not_admitted",
        )
    if sitting.exam.state not in RUNNING_STATES:
        raise EntryRefused(_("This exam cannot be sat any more."), code="exam_over")
    if at < sitting.opens_at:
        raise EntryRefused(_("This exam has not opened yet."), code="not_open_yet")
    if at >= sitting.entry_closes_at:
        raise EntryRefused(
            _("Entry to this sitting has closed. Ask your exam officer about the make-up sitting."),
            code="entry_closed",
        )


def start(candidacy: Candidacy, *, by: Officer, page: str, take_over: bool = False) -> Attempt:
    """Begin the attempt, or come back to it; idempotent for the same page.

    Args:
        page: random name of the browser page; another page must take over while the first gives signs of life.

    Raises:
        EntryRefused: not admitted, too early, too late.
        ActiveElsewhere: another page is at work on it and `take_over` is not set.
    """
    at = clock.now()
    with writing_turn(), transaction.atomic():
        # The candidacy's row is what parallel first starts queue on.
        locked = (
            Candidacy.objects.select_for_update(of=("self",))
            .select_related("sitting__paper", "sitting__exam__scheme")
            .defer("sitting__paper__public")
            .get(pk=candidacy.pk)
        )
        attempt = Attempt.objects.select_for_update().filter(candidacy=locked).first()
        if attempt is None:
            check_may_start(locked, at=at)
            return _begin(locked, by=by, page=page, at=at)
        return _come_back(attempt, by=by, page=page, take_over=take_over, at=at)


def _begin(candidacy: Candidacy, *, by: Officer, page: str, at: datetime) -> Attempt:
    sitting, rules = candidacy.sitting, candidacy.sitting.paper.rules
    deadline_at = timing.deadline(
        timing.Window(sitting.opens_at, sitting.entry_closes_at, sitting.ends_at),
        started_at=at,
        duration_minutes=rules["duration_minutes"],
        extra_minutes=candidacy.extra_minutes,
    )
    attempt = Attempt(
        candidacy=candidacy,
        paper=sitting.paper,
        started_at=at,
        deadline_at=deadline_at,
        submit_opens_at=min(at + timedelta(minutes=rules["submit_opens_after_minutes"]), deadline_at),
        page=page[:40],
        last_seen_at=at,
    )
    attempt.save(force_insert=True)
    seed = secrets.randbelow(SEED_LIMIT)
    layout = layouts.lay_out(responses.public_items(sitting.paper), seed=seed)
    AttemptLayout(attempt=attempt, seed=seed, layout=layout).save(force_insert=True)
    evidence.append_event(
        attempt,
        EventKind.STARTED,
        at=at,
        by=by,
        detail={"paper": sitting.paper.digest, "seed": seed},
    )
    attempt.save(update_fields=["chain_length", "chain_head"])
    return attempt


def _come_back(attempt: Attempt, *, by: Officer, page: str, take_over: bool, at: datetime) -> Attempt:
    if attempt.state != AttemptState.IN_PROGRESS:
        return attempt
    if _close_if_overdue(attempt, at=at):
        return attempt
    if attempt.page != page:
        alive = at - attempt.last_seen_at < timedelta(seconds=ALIVE_SECONDS)
        if alive and not take_over:
            raise ActiveElsewhere(
                _("This exam is open on another page or device. You can take it over here; nothing is lost.")
            )
        attempt.lease += 1
        attempt.page = page[:40]
        kind = EventKind.TAKEN_OVER if alive else EventKind.RESUMED
        evidence.append_event(attempt, kind, at=at, by=by, detail={"lease": attempt.lease})
    attempt.last_seen_at = at
    attempt.save(update_fields=["lease", "page", "last_seen_at", "chain_length", "chain_head"])
    return attempt


def _locked(token: RoomToken) -> Attempt:
    attempt = SAVED.lock(token.attempt_id)
    if attempt is None:
        raise TokenInvalid(_("This attempt does not exist."))
    return attempt


def _check_lease(attempt: Attempt, token: RoomToken) -> None:
    if attempt.lease != token.lease:
        raise Superseded(_("This exam goes on on another page or device. You can take it back here."))


def _closed_message(attempt: Attempt) -> str:
    if attempt.state == AttemptState.TIMED_OUT:
        return _("Time is up. Everything the server had received was handed in.")
    return _("This exam is handed in; answers can no longer be changed.")


def save(
    token: RoomToken,
    *,
    seq: int,
    answers: Sequence[dict[str, Any]],
    events: Sequence[EventKind] = (),
    at: datetime,
) -> Saved:
    """Store a batch of answers under its sequence number; a batch seen before changes nothing (F04, F06).

    Args:
        answers: [{"item": name, "value": [option name…]}…], checked against the attempt's layout before.
        at: when the request reached the server.

    Raises:
        Superseded: another page has taken over. AttemptClosed: handed in.
        TooLate: after deadline and grace; the answers are kept as evidence and not graded (F01).
    """
    refusal: TooLate | None = None
    with writing_turn(), transaction.atomic():
        attempt = _locked(token)
        if attempt.state != AttemptState.IN_PROGRESS:
            refusal = _keep_late(attempt, seq=seq, answers=answers, at=at)
            if refusal is None:
                raise AttemptClosed(_closed_message(attempt))
        else:
            _check_lease(attempt, token)
            if timing.is_late(attempt.deadline_at, at=at, grace_seconds=settings.MINGFA_ROOM_GRACE_SECONDS):
                _close(attempt, AttemptState.TIMED_OUT, at=at, by=None)
                refusal = _keep_late(attempt, seq=seq, answers=answers, at=at)
            else:
                _store(attempt, seq=seq, answers=answers, events=events, at=at)
    if refusal is not None:
        # Raised outside the transaction, so that the evidence stays.
        raise refusal
    return Saved(attempt.last_seq, attempt.chain_head[:12], attempt)


def _store(
    attempt: Attempt,
    *,
    seq: int,
    answers: Sequence[dict[str, Any]],
    events: Sequence[EventKind],
    at: datetime,
) -> None:
    # A batch sent again after a lost response repeats neither its answers nor its events.
    is_repeat = bool(answers) and _is_known(attempt, seq)
    for kind in () if is_repeat else events:
        if attempt.chain_length < NOTED_LINKS:
            evidence.append_event(attempt, kind, at=at, by=None)
    attempt.last_seen_at = at
    if answers and not is_repeat:
        if attempt.chain_length >= LINKS_LIMIT:
            raise TooMany(
                _("More was saved than anybody can answer, so nothing more is stored. Call your invigilator.")
            )
        response = evidence.link_response(attempt, seq=seq, answers=list(answers), at=at)
        attempt.last_seq = max(attempt.last_seq, seq)
        prepared.run(evidence.RESPONSES.inserting(response), SAVED.updating(attempt))
    else:
        prepared.run(SAVED.updating(attempt))


def _is_known(attempt: Attempt, seq: int) -> bool:
    if seq > attempt.last_seq:
        return False
    return Response.objects.filter(attempt=attempt, seq=seq, is_late=False).exists()


def _keep_late(attempt: Attempt, *, seq: int, answers: Sequence[dict[str, Any]], at: datetime) -> TooLate | None:
    """Keep answers that came after the deadline as evidence; None when they came for another reason."""
    grace = settings.MINGFA_ROOM_GRACE_SECONDS
    if not timing.is_late(attempt.deadline_at, at=at, grace_seconds=grace):
        return None
    message = _("Time is up. Everything the server had received by then was handed in.")
    kept = Response.objects.filter(attempt=attempt, is_late=True)
    if answers and kept.count() < LATE_EVIDENCE_LIMIT and not kept.filter(seq=seq).exists():
        evidence.append_response(attempt, seq=seq, answers=list(answers), at=at, is_late=True)
        evidence.append_event(attempt, EventKind.LATE, at=at, by=None, detail={"seq": seq})
        attempt.save(update_fields=["chain_length", "chain_head"])
        audit.record(
            "exams.late_answers_kept",
            by=None,
            at=at,
            subject=f"attempt:{attempt.code}",
            detail={"seq": seq, "items": len(answers)},
        )
    return TooLate(message)


def submit(token: RoomToken, *, seq: int, answers: Sequence[dict[str, Any]], at: datetime) -> Attempt:
    """Hand in, with any last answers. Idempotent: handing in again returns the same receipt (F07).

    Raises:
        TooEarly: hand-in has not opened. Superseded, TooLate: as for `save`.
    """
    with writing_turn(), transaction.atomic():
        attempt = _locked(token)
        if attempt.state != AttemptState.IN_PROGRESS:
            if attempt.receipt is None:
                raise AttemptClosed(_closed_message(attempt))
            return attempt
        _check_lease(attempt, token)
        if timing.is_late(attempt.deadline_at, at=at, grace_seconds=settings.MINGFA_ROOM_GRACE_SECONDS):
            _close(attempt, AttemptState.TIMED_OUT, at=at, by=None)
            _keep_late(attempt, seq=seq, answers=answers, at=at)
            return attempt
        if at < attempt.submit_opens_at:
            raise TooEarly(_("Handing in is not possible yet; your answers are saved."))
        _store(attempt, seq=seq, answers=answers, events=(), at=at)
        _close(attempt, AttemptState.SUBMITTED, at=at, by=attempt.candidacy.officer)
    return attempt


def _close(attempt: Attempt, state: AttemptState, *, at: datetime, by: Officer | None) -> None:
    """Close a locked, running attempt with everything it holds, and queue its grading in the same transaction."""
    ATTEMPT_MOVES.check(attempt.state, state)
    kind = EventKind.SUBMITTED if state == AttemptState.SUBMITTED else EventKind.TIMED_OUT
    evidence.append_event(attempt, kind, at=at, by=by, detail={"responses": attempt.responses.count()})
    attempt.state = state
    attempt.closed_at = at
    # Readable, unique, and bound to the evidence: the end of the chain at this moment.
    attempt.receipt = f"{attempt.code}-{attempt.chain_head[:8].upper()}"
    attempt.save(update_fields=["state", "closed_at", "receipt", "chain_length", "chain_head"])
    queue.enqueue("exams.tasks.grade_attempt", attempt.pk, group="grading")


def _close_if_overdue(attempt: Attempt, *, at: datetime) -> bool:
    if not timing.is_late(attempt.deadline_at, at=at, grace_seconds=settings.MINGFA_ROOM_GRACE_SECONDS):
        return False
    _close(attempt, AttemptState.TIMED_OUT, at=at, by=None)
    return True


def close_overdue(*, at: datetime) -> int:
    """Close every running attempt whose deadline and grace have passed; return how many (F09).

    Safe to run in several workers at once: each attempt is locked and looked at again before it is closed.
    """
    limit = at - timedelta(seconds=settings.MINGFA_ROOM_GRACE_SECONDS)
    overdue = Attempt.objects.filter(state=AttemptState.IN_PROGRESS, deadline_at__lt=limit)
    closed = 0
    for pk in list(overdue.values_list("pk", flat=True)):
        with transaction.atomic():
            attempt = Attempt.objects.select_for_update().get(pk=pk)
            if attempt.state == AttemptState.IN_PROGRESS and _close_if_overdue(attempt, at=at):
                closed += 1
    return closed


def void(attempt: Attempt, *, by: Officer, reason: str) -> Attempt:
    """Void an attempt by decision; its evidence stays."""
    return ATTEMPT_MOVES.move(attempt, AttemptState.VOIDED, by=by, at=clock.now(), reason=reason)
