"""Background jobs that people watch: a table from kind to function, and the one runner.

A job function takes the `Job`, reports progress by `advance`, and returns its outcome as a plain
dict. It may run twice (the queue delivers at least once), so it is idempotent. A `DomainError`
becomes the job's error sentence.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock, queue
from common.audit import Actor
from common.errors import DomainError
from common.models import Job, JobState

logger = logging.getLogger(__name__)

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
        job = Job.objects.create(
            kind=kind, title=title, arguments=arguments, owner=by, created_at=clock.now()
        )
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
                "Something went wrong on our side. Please try again or tell your "
                "administrator the code of this job."
            ),
        )
    else:
        _finish(job, JobState.DONE, outcome=outcome)


def _finish(
    job: Job, state: JobState, *, outcome: dict[str, Any] | None = None, error: str = ""
) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, outcome=outcome or {}, error=error, finished_at=clock.now(), output=job.output
    )
