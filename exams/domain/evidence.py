"""The chain of an attempt: its responses and events in one order, each link carrying the digest before it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import merge
from typing import Any

from common import chain, prepared
from common.audit import SYSTEM, Actor
from common.prepared import PreparedTable
from exams.enums import EventKind
from exams.models import Attempt, AttemptEvent, Response, Result, ScoreEntry

# One row for every save of every candidate.
RESPONSES = PreparedTable(Response)


def append_event(
    attempt: Attempt,
    kind: EventKind,
    *,
    at: datetime,
    by: Actor | None,
    detail: dict[str, Any] | None = None,
) -> AttemptEvent:
    """Append an event to a locked attempt. The caller saves `chain_length` and `chain_head` with its own changes."""
    event = AttemptEvent(
        attempt=attempt,
        link=attempt.chain_length + 1,
        kind=kind,
        at=at,
        actor_code=by.service_no if by else SYSTEM,
        detail=detail or {},
        previous=attempt.chain_head,
    )
    event.digest = chain.link_hash(event.previous, event.content())
    event.save(force_insert=True)
    attempt.chain_length, attempt.chain_head = event.link, event.digest
    return event


def append_response(
    attempt: Attempt,
    *,
    seq: int,
    answers: list[dict[str, Any]],
    at: datetime,
    is_late: bool = False,
) -> Response:
    """Append a save to a locked attempt. The caller saves `chain_length` and `chain_head` with its own changes."""
    response = link_response(attempt, seq=seq, answers=answers, at=at, is_late=is_late)
    prepared.run(RESPONSES.inserting(response))
    return response


def link_response(
    attempt: Attempt,
    *,
    seq: int,
    answers: list[dict[str, Any]],
    at: datetime,
    is_late: bool = False,
) -> Response:
    """Make the next link of a locked attempt's chain from a save, for the caller to store with the attempt."""
    response = Response(
        attempt_id=attempt.pk,
        seq=seq,
        link=attempt.chain_length + 1,
        answers=answers,
        is_late=is_late,
        received_at=at,
        previous=attempt.chain_head,
    )
    response.digest = chain.link_hash(response.previous, response.content())
    attempt.chain_length, attempt.chain_head = response.link, response.digest
    return response


def _attempt_links(attempt: Attempt) -> Iterator[chain.Link]:
    written: tuple[Iterable[AttemptEvent | Response], ...] = (
        attempt.events.order_by("link"),
        attempt.responses.order_by("link"),
    )
    for row in merge(*written, key=lambda row: row.link):
        kind = "response" if isinstance(row, Response) else "event"
        place = f"attempt {attempt.code}, {kind} at link {row.link}"
        yield chain.Link(place, row.content(), row.previous, row.digest)


def first_break(attempt: Attempt) -> chain.Break | None:
    """Return the first broken link of an attempt's evidence, or None when it is whole."""
    return chain.first_break(_attempt_links(attempt), head=attempt.chain_head)


def _score_links(attempt_id: int, code: str) -> Iterator[chain.Link]:
    for entry in ScoreEntry.objects.filter(attempt=attempt_id).order_by("link"):
        place = f"attempt {code}, score entry {entry.link}"
        yield chain.Link(place, entry.content(), entry.previous, entry.digest)


def chains() -> Iterator[tuple[str, chain.Break | None]]:
    """Walk every attempt's evidence and every result's score ledger; yield (name, first break or None)."""
    for attempt in Attempt.objects.order_by("pk").iterator(chunk_size=500):
        yield f"attempt {attempt.code}", first_break(attempt)
    for result in Result.objects.select_related("attempt").order_by("pk").iterator(chunk_size=500):
        code = result.attempt.code
        yield (
            f"score ledger of attempt {code}",
            chain.first_break(_score_links(result.attempt_id, code), head=result.ledger_head),
        )
