"""Background work on questions: reading uploads and importing them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from common import clock, jobs
from common.models import Job
from question_banks.domain import import_runs, importing
from question_banks.enums import ImportState
from question_banks.importers import uploads
from question_banks.importers.uploads import Gathered, Upload
from question_banks.models import ImportRun


@jobs.register(import_runs.READ)
def read_import(job: Job) -> dict[str, Any]:
    """Read the uploaded files in the sandbox and keep the plan; a plan made already is left alone."""
    run = import_runs.of_job(job)
    if run.state != ImportState.PARSING:
        return {"import": run.code}
    jobs.advance(job, 0, 3)
    gathered = _gathered(run)
    jobs.advance(job, 1, 3)
    description = _description(gathered)
    if gathered.readings:
        plan = importing.plan(run.bank, gathered.records)
        jobs.advance(job, 2, 3)
        import_runs.record_plan(run, plan, description, by=run.created_by, at=clock.now())
    else:
        import_runs.record_refusal(run, description, by=run.created_by, at=clock.now())
    return {"import": run.code, "message": _read_message(run)}


@jobs.register(import_runs.EXECUTE)
def execute_import(job: Job) -> dict[str, Any]:
    """Write the whole records of an import, all or nothing; done already is left alone."""
    run = import_runs.of_job(job)
    if run.state == ImportState.EXECUTED:
        return {"import": run.code}
    jobs.advance(job, 0, 2)
    # Read again rather than kept: the files cannot change, and half a megabyte of records need not be stored.
    plan = importing.plan(run.bank, _gathered(run).records)
    jobs.advance(job, 1, 2)
    at = clock.now()
    with transaction.atomic():
        names = [entry["name"] for entry in run.files]
        outcome = importing.execute(plan, by=job.owner, at=at, files=names)
        import_runs.record_outcome(run, outcome, by=job.owner, at=at)
    message = ngettext("%(count)s question imported.", "%(count)s questions imported.", outcome.imported)
    return {"import": run.code, "message": message % {"count": outcome.imported}}


def _read_message(run: ImportRun) -> str:
    if run.state == ImportState.REFUSED:
        return _("None of the files could be read.")
    return _("%(found)s questions found, %(refused)s refused. Nothing is written before you agree.") % {
        "found": run.plan["found"],
        "refused": run.plan["refused_count"],
    }


def _gathered(run: ImportRun) -> Gathered:
    with _on_disk(run) as found:
        return uploads.gather(found)


@contextmanager
def _on_disk(run: ImportRun) -> Iterator[list[Upload]]:
    """Copy the files to this machine: the storage may be somewhere else."""
    with tempfile.TemporaryDirectory(prefix="mingfa-import-") as folder:
        found = []
        for number, entry in enumerate(run.files, start=1):
            path = Path(folder) / str(number)
            with storages["private"].open(entry["path"]) as source, path.open("wb") as target:
                shutil.copyfileobj(source, target)
            found.append(Upload(path, entry["name"]))
        yield found


def _description(gathered: Gathered) -> dict[str, Any]:
    return {
        "files": [
            {"name": name, "format": reading.format, "sheets": [sheet.model_dump() for sheet in reading.sheets]}
            for name, reading in gathered.readings
        ],
        "refused_files": [{"name": name, "reason": reason} for name, reason in gathered.refused_files],
    }
