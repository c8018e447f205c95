from typing import Any

from django.core.management.base import BaseCommand

from training.management.demo import logins, story


class Command(BaseCommand):
    """Prints who may log in to the demonstration."""

    help = "Print the logins of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not story.is_told():
            self.stdout.write("The demonstration is not loaded. Load it with: manage.py seed_demo")
            return
        for line in logins.table():
            self.stdout.write(line)
