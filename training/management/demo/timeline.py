"""Time for the demonstration: acts of past years are done at their instants.

Only `seed_demo` enters here, before anybody works on the database; nothing of the running platform
can move its clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from common import clock


class Timeline:
    """A clock that stands where it was put, and never before where it stood."""

    def __init__(self, starts_at: datetime) -> None:
        self.at = starts_at

    def go(self, at: datetime) -> datetime:
        """Move to an instant; return it.

        Raises:
            ValueError: it lies before the present one.
        """
        if at < self.at:
            raise ValueError(f"{at} lies before {self.at}")
        self.at = at
        return at

    def pass_time(self, **duration: float) -> datetime:
        """Let time pass; return the instant."""
        return self.go(self.at + timedelta(**duration))


@contextmanager
def timeline(starts_at: datetime) -> Iterator[Timeline]:
    """While this holds, `common.clock.now` tells the time of the yielded timeline."""
    line = Timeline(starts_at)
    real = clock.now
    clock.now = lambda: line.at
    try:
        yield line
    finally:
        clock.now = real
