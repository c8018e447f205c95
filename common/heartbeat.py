"""Signs of life, kept in the database because web and worker processes share nothing else."""

from datetime import datetime

from common import clock
from common.models import Heartbeat

WORKER = "worker"
PROBE = "probe"


def mark(name: str) -> None:
    """Write that this part works at this instant."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": clock.now()})


def beat() -> None:
    """Periodic task: its execution is the proof that a worker takes tasks and finishes them."""
    mark(WORKER)


def last_seen(name: str) -> datetime | None:
    """Return when the part was last known to work, or None when it never was."""
    return Heartbeat.objects.filter(name=name).values_list("seen_at", flat=True).first()
