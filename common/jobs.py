"""Background jobs that people watch: a table from kind to function, and the one runner.

A job function takes the `Job`, reports progress by `advance`, and returns its outcome as a plain
dict. It may run twice (the queue delivers at least once), so it is idempotent. A `DomainError`
becomes the job's error sentence.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from common import clock, queue
from common.audit import Actor
from common.errors import DomainError
from common.models import Job, JobState

logger = logging.getLogger(__name__)

# Days for which a job's file can be fetched; some hold personal data (fault F40).
OUTPUT_KEPT_DAYS = 7
# An argument that makes the file vanish with the first download: it holds secrets.
FETCHED_ONCE = "fetched_once"

JobFunction = Callable[[Job], dict[str, Any]]
KINDS: dict[str, JobFunction] = {}


def register(kind: str) -> Callable[[JobFunction], JobFunction]:
    """Name a function as the work of a kind of job. Apps do so in `tasks.py`, which their `ready`
    imports.
    """

    def enter(function: JobFunction) -> JobFunction:
        KINDS[kind] = function
        return function

    return enter


def submit(kind: str, *, title: str, by: Actor, arguments: dict[str, Any]) -> Job:
    """Create the job and queue it, both in the caller's transaction."""
    with transaction.atomic():
        # `by` is an officer; common does not know the class and need not.
        job = Job.objects.create(kind=kind, title=title, arguments=arguments, owner=by, created_at=clock.now())  # type: ignore[misc]
        queue.enqueue("common.jobs.run", job.pk, group=kind)
    return job


def advance(job: Job, done: int, total: int) -> None:
    """Write progress. Call it every hundred rows or so, outside the working transaction."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total)


def run(job_id: int) -> None:
    """Do the work of one job; a finished job is left alone."""
    job = Job.objects.select_related("owner").get(pk=job_id)
    if job.state in (JobState.DONE, JobState.FAILED):
        return
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    try:
        outcome = KINDS[job.kind](job)
    except DomainError as refusal:
        _finish(job, JobState.FAILED, error=str(refusal))
    except Exception:
        logger.exception("job %s (%s) failed", job.code, job.kind)
        _finish(
            job,
            JobState.FAILED,
            error=_(
                "Something went wrong on our side. Please try again or tell your administrator the code of this job."
            ),
        )
    else:
        _finish(job, JobState.DONE, outcome=outcome)


def output_expires_at(job: Job) -> datetime | None:
    """Return until when the job's file can be fetched; None while the job has not ended."""
    return job.finished_at + timedelta(days=OUTPUT_KEPT_DAYS) if job.finished_at else None


def is_output_kept(job: Job) -> bool:
    """Return whether the job made a file and it can still be fetched."""
    expires_at = output_expires_at(job)
    if not job.output or expires_at is None or expires_at <= clock.now():
        return False
    return storages["private"].exists(job.output)


def discard_output(job: Job) -> None:
    """Delete the job's file. Its name stays on record, so that the page can say that it is gone."""
    storages["private"].delete(job.output)


def prune_outputs() -> int:
    """Delete the files of jobs that ended more than `OUTPUT_KEPT_DAYS` ago; return how many."""
    ended = Job.objects.exclude(output="").filter(finished_at__lte=clock.now() - timedelta(days=OUTPUT_KEPT_DAYS))
    kept = [job for job in ended.iterator() if storages["private"].exists(job.output)]
    for job in kept:
        discard_output(job)
    return len(kept)


def _finish(job: Job, state: JobState, *, outcome: dict[str, Any] | None = None, error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, outcome=outcome or {}, error=error, finished_at=clock.now(), output=job.output
    )
