from django.db.models import Q, QuerySet

from exams.models import Result
from personnel.enums import Role
from personnel.models import Officer
from personnel.rules import units_for


def released() -> QuerySet[Result]:
    """Return the results that are visible to their officers."""
    return Result.objects.filter(released_at__isnull=False)


def visible_to(officer: Officer) -> QuerySet[Result]:
    """Return released results: one's own, and for exam officers and HR those of exams held in their subtree."""
    units = units_for(officer, (Role.EXAM_OFFICER, Role.HR))
    return released().filter(Q(officer=officer) | Q(exam__unit__in=units)).select_related("exam__scheme", "attempt")
