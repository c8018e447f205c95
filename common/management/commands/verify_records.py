"""`manage.py verify_records [--json]`: exit 0 when every chain is whole, 1 with the first break."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from common import records


class Command(BaseCommand):
    """Walks every chain of records."""

    help = "Walk every chain of records and name the first broken link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = records.verify()
        if options["as_json"]:
            self.stdout.write(json.dumps(_as_plain(verdict), ensure_ascii=False))
        else:
            self._tell(verdict)
        if not verdict.whole:
            sys.exit(1)

    def _tell(self, verdict: records.Verdict) -> None:
        for name, count in verdict.chains.items():
            self.stdout.write(f"{name}: {count} chains")
        if verdict.whole:
            self.stdout.write("Every chain is whole.")
        for name, chain_name, found in verdict.broken[:1]:
            self.stdout.write(f"BROKEN {name} {chain_name}: {found.place}: {found.reason}")


def _as_plain(verdict: records.Verdict) -> dict[str, Any]:
    return {
        "whole": verdict.whole,
        "chains": verdict.chains,
        "broken": [
            {"record": name, "chain": chain_name, "place": found.place, "reason": found.reason}
            for name, chain_name, found in verdict.broken
        ],
    }
