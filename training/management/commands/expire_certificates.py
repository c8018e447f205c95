from typing import Any

from django.core.management.base import BaseCommand

from common import clock
from training.api import certification


class Command(BaseCommand):
    """Writes down the expiry of certificates whose last day has passed; the queue does so nightly."""

    help = "Write down the expiry of every certificate whose last day has passed. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = certification.expire_due(at=clock.now())
        self.stdout.write(f"certificates: {count} expired")
