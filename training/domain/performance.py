"""The performance record 绩效: facts appended to an officer's own chain, never edited."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import transaction

from common import chain, clock
from personnel.models import Officer
from training.enums import PerformanceKind
from training.models import PerformanceEntry


def append(
    officer: Officer,
    kind: PerformanceKind,
    *,
    subject: str,
    detail: dict[str, Any],
    at: datetime,
) -> PerformanceEntry:
    """Append one fact to the officer's record; a fact that already stands there is left alone.

    Writers queue on the officer's row, so links follow each other without gaps.
    """
    with transaction.atomic():
        Officer.objects.select_for_update().only("pk").get(pk=officer.pk)
        standing = PerformanceEntry.objects.filter(kind=kind, subject=subject).first()
        if standing:
            return standing
        last = PerformanceEntry.objects.filter(officer=officer).order_by("-link").first()
        entry = PerformanceEntry(
            officer=officer,
            link=last.link + 1 if last else 1,
            year=clock.local_day(at).year,
            kind=kind,
            subject=subject,
            detail=detail,
            at=at,
            previous=last.digest if last else chain.GENESIS,
        )
        entry.digest = chain.link_hash(entry.previous, entry.content())
        entry.save()
        return entry


def first_break(officer: Officer) -> chain.Break | None:
    """Return the first broken link of one officer's record, or None when it is whole."""
    return chain.first_break(
        _link(entry) for entry in PerformanceEntry.objects.filter(officer=officer).order_by("link").iterator()
    )


def chains() -> Iterator[tuple[str, chain.Break | None]]:
    """Walk every officer's record; yield its name and its first break, or None."""
    entries = (
        PerformanceEntry.objects.select_related("officer").order_by("officer_id", "link").iterator(chunk_size=2000)
    )
    for officer, links in groupby(entries, key=attrgetter("officer")):
        yield f"performance of {officer.service_no}", chain.first_break(map(_link, links))


def _link(entry: PerformanceEntry) -> chain.Link:
    return chain.Link(
        f"performance entry {entry.officer_id}:{entry.link}",
        entry.content(),
        entry.previous,
        entry.digest,
    )
