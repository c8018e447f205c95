"""Whose rows a score sheet may hold: the exam officer's whole exam, HR's own people."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from exams.enums import CandidacyState, ExamState
from exams.models import Candidacy, Exam
from personnel.enums import Role
from personnel.models import Officer, Posting
from personnel.rules import has_role, units_for


def candidacies(exam: Exam) -> QuerySet[Candidacy]:
    """Return who was due to sit the exam, withdrawn ones left out, in the order of the sheet."""
    return (
        Candidacy.objects.filter(sitting__exam=exam)
        .exclude(state=CandidacyState.WITHDRAWN)
        .order_by("sitting__opens_at", "sitting_id", "seat_no", "officer__service_no")
    )


def candidacies_for(officer: Officer, exam: Exam) -> QuerySet[Candidacy]:
    """Return the rows of the exam's sheet this person may have; none without a role for it."""
    rows = candidacies(exam)
    if has_role(officer, Role.EXAM_OFFICER, unit=exam.unit):
        return rows
    return rows.filter(officer__in=_people_of_hr(officer))


def exams_within_reach(officer: Officer) -> QuerySet[Exam]:
    """Return the exams of which this person may have a score sheet, once their results are released."""
    own = Candidacy.objects.filter(sitting__exam=OuterRef("pk"), officer__in=_people_of_hr(officer))
    return Exam.objects.filter(Q(unit__in=units_for(officer, [Role.EXAM_OFFICER])) | Exists(own)).select_related(
        "unit", "scheme"
    )


def exams_for(officer: Officer) -> QuerySet[Exam]:
    """Return the exams whose sheet this person may have now, newest release first."""
    return exams_within_reach(officer).filter(state=ExamState.RELEASED).order_by("-released_at", "pk")


def _people_of_hr(officer: Officer) -> QuerySet[Posting, Any]:
    return Posting.objects.filter(unit__in=units_for(officer, [Role.HR]), ends_on__isnull=True).values("officer")
