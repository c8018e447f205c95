"""Who is asking, and which bank, question or import is theirs to see. Anything else is not there: 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from personnel.models import Officer
from personnel.rules import has_role
from question_banks import rules
from question_banks.models import Bank, ImportRun, Question
from question_banks.queries import banks


def person(request: HttpRequest) -> Officer:
    """Return who is logged in; the views behind it require a login."""
    assert isinstance(request.user, Officer)
    return request.user


def reader(request: HttpRequest) -> Officer:
    """Return the person when she reads question banks anywhere, else raise 404."""
    officer = person(request)
    if not has_role(officer, *rules.READING_ROLES):
        raise Http404
    return officer


def visible_bank(request: HttpRequest, code: str) -> Bank:
    """Return a bank the person may see, or raise 404."""
    return get_object_or_404(banks.visible_to(person(request)), code=code)


def authored_bank(request: HttpRequest, code: str) -> Bank:
    """Return a bank the person writes for, or raise 404."""
    bank = visible_bank(request, code)
    if not rules.is_author(person(request), bank):
        raise Http404
    return bank


def keyed_bank(request: HttpRequest, code: str) -> Bank:
    """Return a bank whose keys the person may see, or raise 404."""
    bank = visible_bank(request, code)
    if not rules.may_see_keys(person(request), bank):
        raise Http404
    return bank


def reviewed_bank(request: HttpRequest, code: str) -> Bank:
    """Return a bank the person reviews, or raise 404."""
    bank = visible_bank(request, code)
    if not rules.is_reviewer(person(request), bank):
        raise Http404
    return bank


def visible_question(request: HttpRequest, code: str) -> Question:
    """Return a question of a bank the person may see, or raise 404."""
    found = banks.questions_visible_to(person(request)).select_related(
        "bank__unit", "current__knowledge_point", "current__author", "author", "approved_by"
    )
    return get_object_or_404(found, code=code)


def visible_import(request: HttpRequest, code: str) -> ImportRun:
    """Return an import into a bank the person writes for, or raise 404."""
    found = banks.imports_visible_to(person(request)).select_related("bank__unit", "created_by", "job")
    return get_object_or_404(found, code=code)
