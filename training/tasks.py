"""Work of training that runs in the queue. Every task may run twice with one effect."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from common import clock, jobs, records, schedules
from common.chain import Break
from common.models import Job
from exams.models import Candidacy
from personnel.models import Unit
from training.domain import (
    admission,
    certification,
    followup,
    hours,
    performance,
    retraining,
)
from training.exporters import coverage as coverage_sheet

COVERAGE_EXPORT = "training.coverage"


def follow_up(result_id: int) -> None:
    """Draw the consequences of a released result."""
    followup.follow_up(result_id)


def consider_admission(candidacy_id: int) -> None:
    """Admit a candidate who has the required learning already."""
    admission.consider(Candidacy.objects.get(pk=candidacy_id))


def expire_certificates() -> int:
    """Write down the expiry of every certificate whose last day has passed."""
    return certification.expire_due(at=clock.now())


def review_retraining() -> int:
    """Note what was read again; plans that are fulfilled become ready."""
    return retraining.review_all(at=clock.now())


@jobs.register(COVERAGE_EXPORT)
def export_coverage(job: Job) -> dict[str, Any]:
    """Write the certified-on-duty workbook of one unit's subtree into the private storage."""
    unit = Unit.objects.get(code=job.arguments["unit"])
    job.output = coverage_sheet.store(unit, job=job)
    return {"message": _("Certified on duty: %(unit)s") % {"unit": unit.name}}


def _hours_chains() -> Iterator[tuple[str, Break | None]]:
    for officer in hours.officers():
        yield f"hours of {officer.service_no}", hours.first_break(officer)


schedules.register("expire_certificates", "training.tasks.expire_certificates", cron="5 0 * * *")
schedules.register("review_retraining", "training.tasks.review_retraining", minutes=10)

records.register("hours", _hours_chains)
records.register("certificates", certification.chains)
records.register("performance", performance.chains)
