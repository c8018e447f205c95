"""The one door to django-q2: tasks are enqueued in the transaction that makes them due.

On the ORM broker the task row commits or rolls back with the fact. Delivery is at least once, so
every task is idempotent; arguments are ids and plain values, because payloads are signed pickles.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.db.models import Min
from django_q.models import Failure, OrmQ, Schedule
from django_q.tasks import async_task

from common import clock

Plain = str | int | float | bool | None
# Days for which a failed task stays on record; successes are pruned by `save_limit`.
FAILURES_KEPT_DAYS = 30


class Periodic(Protocol):
    """What the queue must know of periodic work (`common.schedules`)."""

    @property
    def name(self) -> str: ...
    @property
    def task(self) -> str: ...
    @property
    def minutes(self) -> int | None: ...
    @property
    def cron(self) -> str: ...


def enqueue(task: str, *arguments: Plain, group: str = "") -> str:
    """Queue the function at the dotted path `task`; return the queue's id for it."""
    return str(async_task(task, *arguments, group=group or None))


def oldest_waiting_seconds(at: datetime) -> int:
    """Return for how long the oldest task nobody works on has waited; 0 when none waits."""
    # The broker's lock is the instant from which a task may be taken: a task being worked on has
    # its lock in the future, one whose worker died becomes free again when the lock expires.
    free_since = OrmQ.objects.filter(lock__lte=at).aggregate(oldest=Min("lock"))["oldest"]
    return int((at - free_since).total_seconds()) if free_since else 0


def prune_failures() -> None:
    """Forget failed tasks older than `FAILURES_KEPT_DAYS`; the queue itself keeps them for ever."""
    Failure.objects.filter(stopped__lt=clock.now() - timedelta(days=FAILURES_KEPT_DAYS)).delete()


def write_schedules(entries: Iterable[Periodic]) -> tuple[int, int]:
    """Make the queue's schedules equal to `entries`; return how many were written and removed.

    A schedule that did not change keeps the instant of its next run, so running this at every
    deployment never postpones anything.
    """
    wanted = {entry.name: entry for entry in entries}
    written = 0
    with transaction.atomic():
        removed, _ = Schedule.objects.exclude(name__in=wanted).delete()
        for name, entry in wanted.items():
            timing = {
                "func": entry.task,
                "schedule_type": Schedule.MINUTES if entry.minutes else Schedule.CRON,
                "minutes": entry.minutes,
                "cron": entry.cron or None,
                # Results of routine work would push the others out of the kept successes.
                "kwargs": "{'q_options': {'save': False}}",
            }
            if Schedule.objects.filter(name=name, **timing).exists():
                continue
            Schedule.objects.filter(name=name).delete()
            Schedule.objects.create(name=name, repeats=-1, next_run=clock.now(), **timing)
            written += 1
    return written, removed
