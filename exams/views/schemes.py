"""Schemes: read by every exam officer, changed by those of the top unit, because every exam below follows them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import DomainError
from exams.domain import schemes
from exams.forms.refusals import show_refusal
from exams.forms.scheme import PartForms, SchemeForm
from exams.models import Scheme
from exams.views.access import person, require_role
from personnel.enums import Role
from personnel.models import Officer
from personnel.rules import active_grants


def may_change(officer: Officer) -> bool:
    """Return whether the person is exam officer of a unit at the top of the tree."""
    return any(grant.role == Role.EXAM_OFFICER and grant.unit.is_root() for grant in active_grants(officer))


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the schemes with their papers' make-up."""
    officer = require_role(request, Role.EXAM_OFFICER)
    listed = Scheme.objects.prefetch_related("parts").annotate(exams_count=Count("exams"))
    return render(
        request,
        "exams/manage/schemes.html",
        {
            "rows": [
                (scheme, schemes.full_marks(_parts(scheme)), sum(part.count for part in scheme.parts.all()))
                for scheme in listed
            ],
            "may_change": may_change(officer),
        },
    )


def _parts(scheme: Scheme) -> list[schemes.Part]:
    return [schemes.Part(part.question_type, part.count, part.marks_each) for part in scheme.parts.all()]


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Make a new scheme."""
    return _edit(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a scheme."""
    require_role(request, Role.EXAM_OFFICER)
    return _edit(request, get_object_or_404(Scheme, code=code))


def _edit(request: HttpRequest, scheme: Scheme | None) -> HttpResponse:
    if not may_change(person(request)):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = SchemeForm(data, instance=scheme)
    parts = PartForms(data, scheme=scheme)
    if data is not None and all([form.is_valid(), parts.is_valid()]):
        rows = [schemes.Part(row.question_type, row.count, row.marks_each) for row in parts.rows]
        try:
            saved = schemes.save(form.save(commit=False), rows, by=person(request))
        except DomainError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The scheme “%(name)s” is saved.") % {"name": saved.name})
            return redirect("exams:manage_schemes")
    items, marks = parts.totals
    return render(
        request,
        "exams/manage/scheme.html",
        {"form": form, "parts": parts, "scheme": scheme, "items": items, "marks": marks},
        status=422 if data is not None else 200,
    )
