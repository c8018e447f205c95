"""The hours ledger: minutes of learning credited to an officer, each officer's entries one chain."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from cms.models import LessonPage
from common import chain, clock
from personnel.models import Officer
from training.models import HoursEntry


def credit(
    officer: Officer, lesson: LessonPage, minutes: int, *, evidence: dict[str, Any], at: datetime
) -> HoursEntry:
    """Append minutes of a lesson to the officer's ledger, on the local day of `at`.

    Caps are the caller's (`training.domain.progress`), who also holds the lock on the officer's row,
    so that the chain has one writer at a time.
    """
    last = HoursEntry.objects.filter(officer=officer).order_by("-link").first()
    entry = HoursEntry(
        officer=officer,
        link=last.link + 1 if last else 1,
        lesson=lesson,
        minutes=minutes,
        day=clock.local_day(at),
        evidence=evidence,
        at=at,
        previous=last.digest if last else chain.GENESIS,
    )
    entry.digest = chain.link_hash(entry.previous, entry.content())
    entry.save()
    return entry


def credited_on(officer: Officer, at: datetime) -> int:
    """Return the minutes that already count for the local day of `at`."""
    entries = HoursEntry.objects.filter(officer=officer, day=clock.local_day(at))
    return entries.aggregate(minutes=Sum("minutes"))["minutes"] or 0


def officers() -> QuerySet[Officer]:
    """Return everybody who has an hours ledger."""
    return Officer.objects.filter(pk__in=HoursEntry.objects.values("officer")).order_by("pk")


def first_break(officer: Officer) -> chain.Break | None:
    """Return the first broken link of an officer's ledger, or None when it is whole."""
    return chain.first_break(_links(officer))


def _links(officer: Officer) -> Iterator[chain.Link]:
    entries = HoursEntry.objects.filter(officer=officer).order_by("link")
    for entry in entries.iterator(chunk_size=1000):
        yield chain.Link(
            f"hours of {officer.service_no}, link {entry.link}",
            entry.content(),
            entry.previous,
            entry.digest,
        )
