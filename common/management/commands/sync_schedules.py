from typing import Any

from django.core.management.base import BaseCommand

from common import queue, schedules


class Command(BaseCommand):
    help = "Write the table of periodic work into the queue's schedules. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        written, removed = queue.write_schedules(schedules.REGISTRY.values())
        # The worker's first sign of life need not wait for the next minute.
        queue.enqueue("common.heartbeat.beat")
        kept = len(schedules.REGISTRY) - written
        self.stdout.write(f"schedules: {written} written, {kept} unchanged, {removed} removed")
