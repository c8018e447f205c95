"""An import in the browser: files uploaded → read in the background → plan shown → executed or discarded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from common import audit, clock, jobs
from common.codes import new_code
from common.errors import NotPossibleNow
from common.models import Job, JobState
from common.transitions import TransitionTable
from personnel.models import Officer
from question_banks.domain import review
from question_banks.domain.importing import KEPT_ONCE, ImportPlan, Outcome
from question_banks.enums import ImportState
from question_banks.models import Bank, ImportRun

READ = "question_banks.read_import"
EXECUTE = "question_banks.execute_import"
# Refused records beyond this number are counted, not listed: nobody reads them one by one.
REFUSED_SHOWN = 2000
PREVIEWED = 5

IMPORT_MOVES = TransitionTable(
    name="import",
    states=ImportState,
    moves={
        ImportState.PARSING: {
            ImportState.PLANNED: gettext_lazy("at least one file holds questions"),
            ImportState.REFUSED: gettext_lazy("no file can be read"),
        },
        ImportState.PLANNED: {
            ImportState.EXECUTED: gettext_lazy("the author imports the whole records"),
            ImportState.DISCARDED: gettext_lazy("the author discards it"),
        },
        ImportState.REFUSED: {},
        ImportState.EXECUTED: {},
        ImportState.DISCARDED: {},
    },
)


class Uploaded(Protocol):
    """A file as the browser sent it."""

    name: str | None


def start(bank: Bank, files: Sequence[File], *, by: Officer) -> ImportRun:
    """Keep the uploaded files, unread, and queue the reading.

    Raises:
        NotPermitted: `by` is no question author of the bank.
    """
    review.check_author(bank, by)
    at = clock.now()
    code = new_code()
    kept = [
        # The name in storage says nothing: what an uploader calls a file never becomes a path.
        {"name": _shown_name(file), "path": storages["private"].save(f"imports/{code}/{number}", file)}
        for number, file in enumerate(files, start=1)
    ]
    with transaction.atomic():
        run = ImportRun.objects.create(code=code, bank=bank, files=kept, created_by=by, created_at=at)
        title = _("Read questions for “%(bank)s”") % {"bank": bank.name}
        run.job = jobs.submit(READ, title=title, by=by, arguments=_arguments(code))
        run.save(update_fields=["job"])
        audit.record(
            "question_banks.import_started",
            by=by,
            at=at,
            subject=f"import:{code}",
            detail={"bank": bank.code, "files": [entry["name"] for entry in kept]},
        )
    return run


def record_plan(run: ImportRun, plan: ImportPlan, description: dict[str, Any], *, by: Officer, at: datetime) -> None:
    """Keep what was understood, for the author to decide on; `description` says how each file was read."""
    shown = {
        **description,
        "found": len(plan.records),
        "new": len(plan.new),
        "updated": len(plan.updates),
        "same": plan.same,
        "repeated": len(plan.repeated),
        "refused_count": len(plan.refused),
        "refused": [refusal.plain() for refusal in plan.refused[:REFUSED_SHOWN]],
        "new_points": plan.new_points,
        "notes": _notes(plan),
        "preview": [item.record.model_dump() for item in plan.new[:PREVIEWED]],
    }
    IMPORT_MOVES.move(run, ImportState.PLANNED, by=by, at=at, plan=shown)


def record_refusal(run: ImportRun, description: dict[str, Any], *, by: Officer, at: datetime) -> None:
    """Keep that none of the files can be read, and why."""
    IMPORT_MOVES.move(run, ImportState.REFUSED, by=by, at=at, plan=description)


def request_execution(run: ImportRun, *, leave_out_refused: bool, by: Officer) -> ImportRun:
    """Queue the import of the plan.

    Raises:
        NotPermitted: `by` is no question author of the bank.
        NotPossibleNow: it was imported or discarded, is being imported, has nothing to import, or holds refused
            records that the author did not agree to leave out.
    """
    review.check_author(run.bank, by)
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update(of=("self",)).select_related("job", "bank").get(pk=run.pk)
        IMPORT_MOVES.check(locked.state, ImportState.EXECUTED)
        if is_busy(locked):
            raise NotPossibleNow(_("These questions are being imported already. Wait for the result."))
        if not locked.plan.get("new") and not locked.plan.get("updated"):
            raise NotPossibleNow(_("There is nothing to import: no question in these files is new or changed."))
        if has_refused(locked) and not leave_out_refused:
            raise NotPossibleNow(
                _(
                    "Some records cannot be imported. Agree to leave them out, "
                    "or correct the file and upload it again."
                ),
                code="refused_not_agreed",
            )
        title = _("Import questions into “%(bank)s”") % {"bank": locked.bank.name}
        locked.job = jobs.submit(EXECUTE, title=title, by=by, arguments=_arguments(locked.code))
        locked.save(update_fields=["job"])
    return locked


def record_outcome(run: ImportRun, outcome: Outcome, *, by: Officer, at: datetime) -> None:
    """Keep what was written; call it inside the transaction that wrote it."""
    done = {
        "imported": outcome.imported,
        "repeated": outcome.repeated,
        "updated": outcome.updated,
        "same": outcome.same,
    }
    IMPORT_MOVES.move(run, ImportState.EXECUTED, by=by, at=at, outcome=done, executed_at=at)


def discard(run: ImportRun, *, by: Officer) -> None:
    """Give an import up; nothing was written.

    Raises:
        NotPermitted: `by` is no question author of the bank.
        NotPossibleNow: it is not waiting for a decision, or is being imported.
    """
    review.check_author(run.bank, by)
    if is_busy(run):
        raise NotPossibleNow(_("These questions are being imported already. Wait for the result."))
    IMPORT_MOVES.move(run, ImportState.DISCARDED, by=by, at=clock.now())


def is_busy(run: ImportRun) -> bool:
    """Return whether the background is still working on it."""
    return run.job is not None and run.job.state in (JobState.QUEUED, JobState.RUNNING)


def has_refused(run: ImportRun) -> bool:
    """Return whether the plan leaves records or whole files out."""
    return bool(run.plan.get("refused_count") or run.plan.get("refused_files"))


def of_job(job: Job) -> ImportRun:
    """Return the import that a job works on."""
    return ImportRun.objects.select_related("bank__unit", "created_by", "job").get(code=job.arguments["import"])


def _arguments(code: str) -> dict[str, str]:
    # The list of one's background work leads back to the import.
    address = reverse("question_banks:import_run", args=[code])
    return {"import": code, "done_url": address, "done_label": _("To the import")}


def _shown_name(file: File) -> str:
    return (file.name or "").replace("\\", "/").split("/")[-1][-120:] or "–"


def _notes(plan: ImportPlan) -> list[dict[str, Any]]:
    """Return the first hundred mendings with their places, and what was kept once."""
    kept_once = [
        {
            "place": record.place.model_dump(),
            "note": {"message": KEPT_ONCE, "params": {"place": first.model_dump()}},
            "excerpt": record.excerpt,
        }
        for record, first in plan.repeated
    ]
    told = [
        {"place": item.record.place.model_dump(), "note": note.model_dump(), "excerpt": item.record.excerpt}
        for item in [*plan.new, *(prepared for _question, prepared in plan.updates)]
        for note in item.record.notes
    ]
    return [*kept_once, *told][:100]
