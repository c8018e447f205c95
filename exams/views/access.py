"""What every page of the exam officers' side asks first: who is it, and is this exam theirs to see or to run?

Whoever may not see something gets 404, never a hint that it is there.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from exams import rules
from exams.models import Candidacy, Exam, Paper, Sitting
from exams.queries import exams
from personnel.enums import Role
from personnel.models import Officer, Unit
from personnel.rules import has_role

Thing = TypeVar("Thing", bound=Model)

DESK_ROLES = (Role.EXAM_OFFICER, Role.INVIGILATOR, Role.HR, Role.AUDITOR)


def person(request: HttpRequest) -> Officer:
    """Return who is logged in; the views behind it require a login."""
    assert isinstance(request.user, Officer)
    return request.user


def require_role(request: HttpRequest, *roles: Role, unit: Unit | None = None) -> Officer:
    """Return the person when she holds one of the roles, anywhere or over the unit.

    Raises:
        Http404: she does not.
    """
    officer = person(request)
    if not has_role(officer, *roles, unit=unit):
        raise Http404
    return officer


def visible_exam(request: HttpRequest, code: str) -> Exam:
    """Return an exam whose preparation the person may see, or raise 404."""
    return get_object_or_404(exams.visible_to(person(request)), code=code)


def managed_exam(request: HttpRequest, code: str) -> Exam:
    """Return an exam the person runs, or raise 404."""
    return get_object_or_404(exams.manageable_by(person(request)), code=code)


def managed_paper(request: HttpRequest, code: str) -> Paper:
    """Return a paper of an exam the person runs, or raise 404."""
    found = Paper.objects.defer("public").select_related("exam__unit", "exam__scheme", "drawn_by", "sealed_by")
    return _of_exam(request, found, "exam", code=code)


def managed_sitting(request: HttpRequest, code: str) -> Sitting:
    """Return a sitting of an exam the person runs, or raise 404."""
    return _of_exam(request, _sittings(), "exam", code=code)


def watched_sitting(request: HttpRequest, code: str) -> Sitting:
    """Return a sitting the person may watch, as exam officer or invigilator, or raise 404."""
    sitting = get_object_or_404(_sittings(), code=code)
    if not rules.may_invigilate(person(request), sitting.exam):
        raise Http404
    return sitting


def managed_candidacy(request: HttpRequest, code: str) -> Candidacy:
    """Return a candidacy for an exam the person runs, or raise 404."""
    found = Candidacy.objects.select_related("sitting__exam__unit", "sitting__exam__scheme", "officer", "attempt")
    return _of_exam(request, found, "sitting__exam", code=code)


def _sittings() -> QuerySet[Sitting]:
    return Sitting.objects.select_related("exam__unit", "exam__scheme", "paper").defer("paper__public")


def _of_exam(request: HttpRequest, found: QuerySet[Thing], path: str, *, code: str) -> Thing:
    runs = exams.manageable_by(person(request)).values("pk")
    return get_object_or_404(found, code=code, **{f"{path}__in": runs})
