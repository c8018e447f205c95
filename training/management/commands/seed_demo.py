import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from personnel.models import Officer
from training.management.demo import logins, story


class Command(BaseCommand):
    """Fills the database with a made-up province; safe to run again."""

    help = "Fill the database with a made-up province. Does nothing when it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=("small", "province"), default="small")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are accounts already")
        parser.add_argument("--seed", type=int, default=2026, help="seed of everything at random")
        parser.add_argument("--force", action="store_true", help="also with the settings of production")

    def handle(self, *args: Any, **options: Any) -> None:
        if story.is_told():
            self.stdout.write("The demonstration is there already; nothing was changed.")
            self._print_logins()
            return
        if options["if_empty"] and Officer.objects.exists():
            self.stdout.write("There are accounts already; the demonstration was not loaded.")
            return
        if settings.SETTINGS_MODULE.endswith(".production") and not options["force"]:
            raise CommandError(
                "These are the settings of production, and the demonstration's password is public. "
                "Add --force if this is not an installation for real people."
            )
        began = time.monotonic()
        told = story.tell(size=options["size"], seed=options["seed"])
        seconds = time.monotonic() - began
        self.stdout.write(
            f"Demonstration loaded in {seconds:.0f} s: {told.units} units, {told.officers} "
            f"officers, {told.questions} questions, {told.certificates} certificates."
        )
        self._print_logins()

    def _print_logins(self) -> None:
        for line in logins.table():
            self.stdout.write(line)
