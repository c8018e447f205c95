"""The clock of the examination room. Pure: instants in, instants and milliseconds out."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Window:
    """When a sitting may be begun and when it ends; all instants in UTC."""

    opens_at: datetime
    entry_closes_at: datetime
    ends_at: datetime


def deadline(window: Window, *, started_at: datetime, duration_minutes: int, extra_minutes: int) -> datetime:
    """Return the instant at which an attempt ends: its own duration or the sitting's end, plus any extra time.

    Extra time moves both, so it is never eaten by the end of the sitting.
    """
    extra = timedelta(minutes=extra_minutes)
    return min(started_at + timedelta(minutes=duration_minutes), window.ends_at) + extra


def remaining_ms(deadline_at: datetime, *, at: datetime) -> int:
    """Return the milliseconds left, never below zero."""
    return max(0, int((deadline_at - at).total_seconds() * 1000))


def is_late(deadline_at: datetime, *, at: datetime, grace_seconds: int) -> bool:
    """Return whether an answer that reached the server at `at` comes after the deadline and its grace."""
    return at > deadline_at + timedelta(seconds=grace_seconds)
