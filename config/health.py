"""`GET /healthz`: is the platform able to do its work, in figures a monitor can read?

Every part is tried, not assumed: a row is written, the worker's own sign of life is read, the
queue's oldest task and the free disk are measured. The answer names nothing else.
"""

import shutil
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import clock, heartbeat, queue

# Seconds. The beat is due every minute and the queue looks for due work every half minute.
WORKER_SILENT_SECONDS = 150
# Seconds for which a task may wait before people notice.
QUEUE_LATE_SECONDS = 300
# Bytes. Below this the next backup or export may fail.
DISK_LOW_BYTES = 500 * 1024 * 1024

Part = dict[str, Any]


def database_write() -> Part:
    """Write one row and commit it."""
    started = time.perf_counter()
    heartbeat.mark(heartbeat.PROBE)
    return {"ok": True, "write_ms": round((time.perf_counter() - started) * 1000, 1)}


def worker_alive() -> Part:
    """Look when a worker last finished its periodic beat."""
    seen_at = heartbeat.last_seen(heartbeat.WORKER)
    if seen_at is None:
        return {"ok": False, "seconds_since_seen": None}
    silent = int((clock.now() - seen_at).total_seconds())
    return {"ok": silent <= WORKER_SILENT_SECONDS, "seconds_since_seen": silent}


def queue_age() -> Part:
    """Measure for how long the oldest task has waited for a worker."""
    waiting = queue.oldest_waiting_seconds(clock.now())
    return {"ok": waiting <= QUEUE_LATE_SECONDS, "oldest_waiting_seconds": waiting}


def free_disk() -> Part:
    """Measure the free space where the platform writes."""
    free = shutil.disk_usage(settings.VAR_DIR).free
    return {"ok": free >= DISK_LOW_BYTES, "free_bytes": free}


PARTS: dict[str, Callable[[], Part]] = {
    "database": database_write,
    "worker": worker_alive,
    "queue": queue_age,
    "disk": free_disk,
}


def measure() -> dict[str, Part]:
    """Try every part; one that cannot be measured is not well."""
    measured: dict[str, Part] = {}
    for name, part in PARTS.items():
        try:
            measured[name] = part()
        except (DatabaseError, OSError):
            measured[name] = {"ok": False}
    return measured


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is well, else 503; the body says which one is not."""
    parts = measure()
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"status": "ok" if well else "failing", **parts}, status=200 if well else 503)
