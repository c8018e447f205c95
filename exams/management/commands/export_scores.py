"""Write the score sheet of an exam to a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.errors import DomainError
from exams.exporters import score_sheet
from exams.models import Exam
from exams.queries import score_sheets


class Command(BaseCommand):
    """For the operator of the platform: the whole sheet, ID numbers masked, the export in the audit log."""

    help = "Write the score sheet of an exam with released results as .xlsx."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("exam", metavar="EXAM_CODE", help="code of the exam, such as 7KQ2M9XA")
        parser.add_argument("--out", required=True, metavar="FILE.xlsx", help="file to write")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        exam = Exam.objects.select_related("unit", "scheme").filter(code=options["exam"]).first()
        if exam is None:
            raise CommandError(f"There is no exam with the code {options['exam']}.")
        target = Path(options["out"])
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent} to write to.")
        unfinished = target.with_name(f".{target.name}.part")
        try:
            written = score_sheet.write(exam, score_sheets.candidacies(exam), unfinished, by=None)
            # Under its name the file is whole or not there at all.
            unfinished.replace(target)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        finally:
            unfinished.unlink(missing_ok=True)
        if options["json"]:
            report = {
                "exam": exam.code,
                "rows": written.rows,
                "file": str(target),
                "sha256": written.sha256,
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(f"{written.rows} rows written to {target} (SHA-256 {written.sha256}).")
