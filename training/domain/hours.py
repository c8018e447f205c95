"""The hours ledger: minutes of learning credited to an officer, each officer's entries one chain."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum

from cms.models import LessonPage
from common import chain, clock
from personnel.models import Officer
from training.models import HoursEntry, LessonProgress


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
    return _sum(HoursEntry.objects.filter(officer=officer, day=clock.local_day(at)), "minutes")


def officers() -> QuerySet[Officer]:
    """Return everybody who has an hours ledger, or should have one."""
    in_ledger = Q(pk__in=HoursEntry.objects.values("officer"))
    on_lessons = Q(lesson_progress__minutes_credited__gt=0)
    return Officer.objects.filter(in_ledger | on_lessons).distinct().order_by("pk")


def first_break(officer: Officer) -> chain.Break | None:
    """Return the first broken link of an officer's ledger, or None when it is whole.

    The minutes noted on her lessons tell when entries were cut off at the end.
    """
    broken = chain.first_break(_links(officer))
    if broken:
        return broken
    ledger = _sum(HoursEntry.objects.filter(officer=officer, lesson__isnull=False), "minutes")
    noted = _sum(LessonProgress.objects.filter(officer=officer), "minutes_credited")
    if ledger != noted:
        reason = f"{ledger} minutes in the ledger, {noted} noted on the lessons"
        return chain.Break(f"hours of {officer.service_no}", reason)
    return None


def _sum(rows: QuerySet[Any], column: str) -> int:
    return rows.aggregate(total=Sum(column))["total"] or 0


def _links(officer: Officer) -> Iterator[chain.Link]:
    entries = HoursEntry.objects.filter(officer=officer).order_by("link")
    for entry in entries.iterator(chunk_size=1000):
        yield chain.Link(
            f"hours of {officer.service_no}, link {entry.link}",
            entry.content(),
            entry.previous,
            entry.digest,
        )
