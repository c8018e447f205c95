"""Work of exams off the request path. Each task may run twice and does its work once."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import storages

from common import clock, jobs, records, schedules
from common.models import Job
from exams.domain import attempts, evidence, grading
from exams.enums import CLOSED_STATES
from exams.exporters import score_sheet
from exams.models import Attempt, Exam
from exams.queries import score_sheets


def grade_attempt(attempt_id: int) -> None:
    """Grade one closed attempt."""
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.state in CLOSED_STATES:
        grading.grade(attempt)


def close_overdue() -> int:
    """Close what is past its deadline, and grade what an interrupted worker left ungraded."""
    closed = attempts.close_overdue(at=clock.now())
    waiting = Attempt.objects.filter(state__in=CLOSED_STATES, result__isnull=True).values_list("pk", flat=True)
    for attempt_id in list(waiting[:500]):
        grade_attempt(attempt_id)
    return closed


@jobs.register(score_sheet.JOB_KIND)
def write_score_sheet(job: Job) -> dict[str, Any]:
    """Write an exam's score sheet with the rows that the owner of the job may have.

    The file is complete before it gets its name in the private storage: a full disk or a killed worker leaves no
    half sheet behind (F25).
    """
    exam = Exam.objects.select_related("unit", "scheme").get(pk=job.arguments["exam"])
    rows = score_sheets.candidacies_for(job.owner, exam)
    total = rows.count()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "score-sheet.xlsx"
        written = score_sheet.write(
            exam, rows, made, by=job.owner, progress=lambda done: jobs.advance(job, done, total)
        )
        with made.open("rb") as file:
            job.output = storages["private"].save(f"score-sheets/{exam.code}-{job.code}.xlsx", File(file))
    return {"rows": written.rows, "sha256": written.sha256}


records.register("attempts and scores", evidence.chains)
schedules.register("exams_close_overdue", "exams.tasks.close_overdue", minutes=1)
