"""Which question banks an exam may be drawn from."""

from django.db.models import QuerySet

from personnel.enums import Role
from personnel.models import Officer
from personnel.rules import units_for
from question_banks.models import Bank


def drawable_by(officer: Officer) -> QuerySet[Bank]:
    """Return the banks owned by units over which the person is exam officer."""
    return Bank.objects.filter(unit__in=units_for(officer, (Role.EXAM_OFFICER,))).select_related("unit")
