"""Certified on duty as a workbook: figures by unit, and every uncovered officer with the reason."""

import io
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext as _, pgettext

from common import clock, jobs, worksheets
from common.models import Job
from personnel.models import Unit
from training.queries import coverage


def store(unit: Unit, *, job: Job) -> str:
    """Write the workbook of a subtree into the private storage; return its path there."""
    content = workbook(unit, clock.today())
    jobs.advance(job, 1, 1)
    path: str = storages["private"].save(f"exports/coverage-{job.code}.xlsx", ContentFile(content))
    return path


def workbook(unit: Unit, day: date) -> bytes:
    """Return the workbook of a subtree on a day. ID numbers are masked (F40), all text is text
    (F41).
    """
    out = io.BytesIO()
    worksheets.write(out, [_units(unit, day), _officers(unit, day)])
    return out.getvalue()


def _units(unit: Unit, day: date) -> worksheets.Table:
    figures = coverage.by_unit([unit], day)
    return worksheets.Table(
        title=_("By unit"),
        header=[
            _("Unit code"),
            _("Unit"),
            _("On enforcement posts"),
            _("Certified"),
            pgettext("how many", "Not certified"),
            _("Certified on duty (%)"),
        ],
        rows=[
            [
                row.unit.code,
                "　" * (row.unit.depth - unit.depth) + row.unit.name,
                row.officers,
                row.certified,
                row.uncovered,
                None if row.rate is None else round(row.rate, 1),
            ]
            for row in figures.values()
        ],
        widths=[18, 40, 14, 12, 12, 16],
        notes=[_("Certified on duty on %(day)s") % {"day": day.isoformat()}],
    )


def _officers(unit: Unit, day: date) -> worksheets.Table:
    return worksheets.Table(
        title=_("Officers without a certificate"),
        header=[
            _("Service number"),
            pgettext("of a person", "Name"),
            _("ID number"),
            _("Unit code"),
            _("Unit"),
            _("Reason"),
            _("Since"),
        ],
        rows=[
            [
                row.officer.service_no,
                row.officer.name,
                row.officer.masked_id_number,
                row.unit.code,
                row.unit.name,
                str(row.label),
                row.since,
            ]
            for row in coverage.uncovered([unit], day, with_id_numbers=True)
        ],
        widths=[16, 14, 22, 18, 36, 30, 14],
        notes=[_("Certified on duty on %(day)s") % {"day": day.isoformat()}],
    )
