"""The table of periodic work becomes the queue's schedules, and only that."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django_q.models import Failure, OrmQ, Schedule, Task

from common import clock, queue, schedules

pytestmark = pytest.mark.django_db


def _sync() -> None:
    call_command("sync_schedules", verbosity=0)


def test_every_entry_is_written() -> None:
    _sync()

    written = {(s.name, s.func) for s in Schedule.objects.all()}
    assert written == {(e.name, e.task) for e in schedules.REGISTRY.values()}


def test_running_it_again_postpones_nothing() -> None:
    _sync()
    due = clock.now() + timedelta(hours=3)
    Schedule.objects.update(next_run=due)

    _sync()

    assert {s.next_run for s in Schedule.objects.all()} == {due}


def test_changed_and_removed_work_follows_the_table() -> None:
    _sync()
    Schedule.objects.filter(name="heartbeat").update(minutes=59)
    Schedule.objects.create(name="gone", func="common.gone", schedule_type=Schedule.DAILY)

    written, removed = queue.write_schedules(schedules.REGISTRY.values())

    assert (written, removed) == (1, 1)
    assert Schedule.objects.get(name="heartbeat").minutes == 1


def test_the_worker_gets_its_first_beat_at_once() -> None:
    _sync()

    assert "common.heartbeat.beat" in {row.func() for row in OrmQ.objects.all()}


def test_a_name_cannot_mean_two_things() -> None:
    with pytest.raises(ValueError, match="heartbeat is already scheduled"):
        schedules.register("heartbeat", "common.heartbeat.mark", minutes=5)


@pytest.mark.parametrize("timing", [{}, {"minutes": 5, "cron": "0 3 * * *"}])
def test_timing_is_given_once(timing: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="either minutes or cron"):
        schedules.register("confused", "common.heartbeat.beat", **timing)  # type: ignore[arg-type]


def _failure(name: str, days_ago: int) -> None:
    ended = clock.now() - timedelta(days=days_ago)
    Task.objects.create(id=name, name=name, func="common.gone", started=ended, stopped=ended, success=False)


def test_old_failures_are_forgotten() -> None:
    _failure("old", queue.FAILURES_KEPT_DAYS + 1)
    _failure("recent", queue.FAILURES_KEPT_DAYS - 1)

    queue.prune_failures()

    assert list(Failure.objects.values_list("id", flat=True)) == ["recent"]
