"""`manage.py import_roster FILE.xlsx [--dry-run] [--leave-refused] [--json]`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.errors import DomainError
from personnel.importers import roster


class Command(BaseCommand):
    """Imports a roster as the platform, reaching every unit."""

    help = "Import officers from a roster (.xlsx, .xls, .csv): all rows, or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show the plan, write nothing")
        parser.add_argument(
            "--leave-refused", action="store_true", help="import the good rows of a file with bad ones"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        try:
            plan = roster.plan(path, name=path.name, by=None)
        except DomainError as refusal:
            self._answer(_refused_file(path, refusal), as_json=options["as_json"])
            raise CommandError(str(refusal)) from None
        writing = not options["dry_run"]
        halted = writing and bool(plan.refused) and not options["leave_refused"]
        if writing and not halted:
            roster.execute(plan, by=None, leave_refused=options["leave_refused"])
        report = plan.report()
        if halted:
            report |= {"created": 0, "updated": 0, "moved": 0}
        self._answer(report, as_json=options["as_json"])
        if halted:
            raise CommandError(_("%(count)s rows are refused; nothing was imported.") % {"count": len(plan.refused)})

    def _answer(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for key, value in report.items():
            if key != "refused":
                self.stdout.write(f"{key}: {value}")
        for refusal in report["refused"]:
            self.stdout.write(f"{refusal['place']}: {refusal['reason']} [{refusal['excerpt']}]")


def _refused_file(path: Path, refusal: DomainError) -> dict[str, Any]:
    whole = {"place": path.name, "reason": str(refusal), "excerpt": ""}
    return {"found": 0, "created": 0, "updated": 0, "moved": 0, "same": 0, "refused": [whole]}
