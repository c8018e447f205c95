from django.db.models import QuerySet

from exams.models import Exam
from personnel.enums import Role
from personnel.models import Officer
from personnel.rules import units_for


def visible_to(officer: Officer) -> QuerySet[Exam]:
    """Return the exams whose preparation this officer may see: exam officers, invigilators, HR and auditors of the
    holding unit or above. Candidates see their candidacies instead.
    """
    roles = (Role.EXAM_OFFICER, Role.INVIGILATOR, Role.HR, Role.AUDITOR)
    return Exam.objects.filter(unit__in=units_for(officer, roles)).select_related("scheme", "unit")


def manageable_by(officer: Officer) -> QuerySet[Exam]:
    """Return the exams this officer prepares, runs and releases."""
    return Exam.objects.filter(unit__in=units_for(officer, (Role.EXAM_OFFICER,))).select_related("scheme", "unit")
