"""Import question files into a bank, naming every record that is left out."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from common import clock, sandbox
from common.errors import DomainError
from personnel.models import Officer
from question_banks.domain import importing, review
from question_banks.domain.importing import ImportPlan, Outcome
from question_banks.importers import uploads
from question_banks.importers.reading import FORMATS
from question_banks.importers.uploads import Gathered, Upload
from question_banks.models import Bank, Question
from question_banks.queries import banks


class Command(BaseCommand):
    """Whole records are imported, refused ones are named; `--strict` imports nothing unless all are whole.

    Exits 1 when a file could not be read at all, or when `--strict` stopped the import.
    """

    help = "Import questions from Word, text, Excel or CSV files into a bank."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--bank", required=True, metavar="CODE")
        parser.add_argument("--format", choices=FORMATS, default="", help="Default: told from the content.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, write nothing.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")
        parser.add_argument("--strict", action="store_true", help="Import all records or none.")
        parser.add_argument("--by", metavar="SERVICE_NO", help="Default: the bank's first question author.")
        parser.add_argument("--approve-as", metavar="SERVICE_NO", help="A reviewer who approves what was imported.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, options: dict[str, Any]) -> None:
        bank = _bank(options["bank"])
        author = _author(options["by"], bank)
        reviewer = _officer(options["approve_as"]) if options["approve_as"] else None
        gathered = uploads.gather(_uploads(options["files"]), options["format"])
        plan = importing.plan(bank, gathered.records)
        stopped = options["strict"] and bool(plan.refused or gathered.refused_files)
        outcome = None
        if not options["dry_run"] and not stopped and (plan.new or plan.updates):
            outcome = _execute(plan, [name for name, _reading in gathered.readings], author, reviewer)
        report = _report(gathered, plan, outcome, written_or_dry=not stopped)
        self._print(report, as_json=options["json"])
        if stopped or gathered.refused_files:
            raise SystemExit(1)

    def _print(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        self.stdout.write(
            _(
                "Found %(found)s, imported %(imported)s, updated %(updated)s, "
                "already there %(same)s, refused %(refused)s."
            )
            % {**report, "refused": len(report["refused"])}
        )
        for refused in report["refused"]:
            self.stdout.write(f"  {refused['place']}: {refused['reason']} {refused['excerpt']}")


def _execute(plan: ImportPlan, files: list[str], author: Officer, reviewer: Officer | None) -> Outcome:
    # One transaction, so that a reviewer who may not approve leaves nothing behind.
    with transaction.atomic():
        outcome = importing.execute(plan, by=author, at=clock.now(), files=files)
        if reviewer:
            review.approve_all(Question.objects.in_bulk(outcome.question_ids).values(), bank=plan.bank, by=reviewer)
    return outcome


def _report(gathered: Gathered, plan: ImportPlan, outcome: Outcome | None, *, written_or_dry: bool) -> dict[str, Any]:
    refused = [{"place": name, "reason": reason, "excerpt": ""} for name, reason in gathered.refused_files]
    refused += [
        {
            "place": sandbox.translate(item.place.message, item.place.params),
            "reason": " ".join(sandbox.translate(reason.message, reason.params) for reason in item.reasons),
            "excerpt": item.excerpt,
        }
        for item in plan.refused
    ]
    imported = (outcome.imported + outcome.repeated) if outcome else len(plan.new) + len(plan.repeated)
    return {
        "found": len(gathered.records),
        # Records, so that the sum is what was found; those that repeat another of the files are one question with it.
        "imported": imported if written_or_dry else 0,
        "repeated": len(plan.repeated),
        "updated": outcome.updated if outcome else len(plan.updates) if written_or_dry else 0,
        "same": plan.same,
        "refused": refused,
    }


def _bank(code: str) -> Bank:
    bank = Bank.objects.filter(code=code).select_related("unit").first()
    if bank is None:
        known = ", ".join(Bank.objects.values_list("code", flat=True)) or "–"
        raise CommandError(_("There is no bank “%(code)s”. Banks: %(known)s.") % {"code": code, "known": known})
    return bank


def _author(service_no: str | None, bank: Bank) -> Officer:
    if service_no:
        return _officer(service_no)
    author = banks.first_author(bank)
    if author is None:
        raise CommandError(
            _("Nobody is question author for the bank “%(bank)s”. Name an author with --by, or grant the role first.")
            % {"bank": bank.name}
        )
    return author


def _officer(service_no: str) -> Officer:
    officer = Officer.objects.filter(service_no=service_no.strip().upper(), is_active=True).first()
    if officer is None:
        raise CommandError(_("There is no active officer with the service number %(no)s.") % {"no": service_no})
    return officer


def _uploads(files: list[Path]) -> list[Upload]:
    for path in files:
        if not path.is_file():
            raise CommandError(_("There is no file %(name)s.") % {"name": path})
    return [Upload(path.resolve(), path.name) for path in files]
