"""Periodic work as a table: apps register theirs in `tasks.py`, `sync_schedules` writes it down.

Every task here can also be run by hand or twice; the queue delivers at least once.
"""

from dataclasses import dataclass

REGISTRY: dict[str, "Periodic"] = {}


@dataclass(frozen=True)
class Periodic:
    """One piece of periodic work.

    Attributes:
        name: what the schedule is called in the queue.
        task: dotted path of a function without arguments.
        minutes: run every so many minutes; or None, and then
        cron: five fields, in the platform's time zone.
    """

    name: str
    task: str
    minutes: int | None = None
    cron: str = ""

    def __post_init__(self) -> None:
        if (self.minutes is None) == (not self.cron):
            raise ValueError(f"{self.name}: give either minutes or cron")


def register(name: str, task: str, *, minutes: int | None = None, cron: str = "") -> Periodic:
    """Enter periodic work into the table.

    Raises:
        ValueError: the name is taken by another task, or not exactly one of minutes and cron given.
    """
    entry = Periodic(name, task, minutes, cron)
    if REGISTRY.get(name, entry) != entry:
        raise ValueError(f"{name} is already scheduled differently")
    REGISTRY[name] = entry
    return entry


register("heartbeat", "common.heartbeat.beat", minutes=1)
register("prune_failures", "common.queue.prune_failures", cron="10 3 * * *")
register("prune_outputs", "common.jobs.prune_outputs", cron="20 3 * * *")
