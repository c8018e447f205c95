"""Hash chains: every link carries the digest of the one before, so a change anywhere shows.

A link's digest is ``SHA-256(previous digest + canonical JSON of its content)``. Canonical means
sorted keys, no white space, UTF-8. The first link follows `GENESIS`.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

GENESIS = "0" * 64


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no canonical form in a chain")


def canonical(content: Any) -> bytes:
    """Return the one byte form of a value made of dicts, lists, text, numbers, decimals, dates and
    instants.
    """
    return json.dumps(
        content,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=_plain,
        allow_nan=False,
    ).encode()


def link_hash(previous: str, content: Any) -> str:
    """Return the digest of a link, as 64 hexadecimal characters."""
    return hashlib.sha256(previous.encode("ascii") + canonical(content)).hexdigest()


@dataclass(frozen=True)
class Link:
    """One link as stored: where it stands, what it holds, and the digests written beside it."""

    place: str
    content: Any
    previous: str
    digest: str


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold, and why."""

    place: str
    reason: str


def first_break(links: Iterable[Link], *, head: str | None = None) -> Break | None:
    """Walk a chain from its first link; return the first break, or None when it is whole.

    Args:
        links: in the order in which they were written.
        head: the digest noted elsewhere for the last link; shows links cut off at the end.
    """
    previous = GENESIS
    place = "start"
    for link in links:
        place = link.place
        if link.previous != previous:
            return Break(place, "does not follow the link before it")
        if link.digest != link_hash(previous, link.content):
            return Break(place, "content does not match its digest")
        previous = link.digest
    if head is not None and head != previous:
        return Break(place, "the chain ends before its noted head")
    return None
