"""Exams from the desk: the list, a new one, the time line of one, and its blueprint."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from common.errors import DomainError
from exams import rules
from exams.domain import exams as exam_acts, papers
from exams.enums import ExamState
from exams.forms.blueprint import (
    BlueprintFormSet,
    another_row,
    initial_rows,
    knowledge_point_choices,
    typed_rows,
)
from exams.forms.exam import ExamForm
from exams.forms.refusals import show_refusal
from exams.models import Exam, Scheme, Sitting
from exams.queries import banks, exams, progress
from exams.queries.stock import Stock
from exams.views import timeline
from exams.views.access import DESK_ROLES, managed_exam, person, require_role, visible_exam
from exams.views.papers import next_form
from personnel.enums import Role
from personnel.rules import has_role, units_for

PER_PAGE = 25


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the exams of the person's units, newest first, filtered by state."""
    officer = require_role(request, *DESK_ROLES)
    visible = exams.visible_to(officer)
    counts = dict(visible.order_by().values_list("state").annotate(Count("pk")))
    chosen = request.GET.get("state", "")
    if chosen in ExamState.values:
        visible = visible.filter(state=chosen)
    listed = visible.annotate(
        sittings_count=Count("sittings", distinct=True),
    ).order_by("-created_at", "pk")
    return render(
        request,
        "exams/manage/exams.html",
        {
            "page_obj": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
            "chips": [
                (state, counts[state.value], state.value == chosen) for state in ExamState if state.value in counts
            ],
            "total": sum(counts.values()),
            "chosen": chosen,
            "may_create": has_role(officer, Role.EXAM_OFFICER),
            "may_have_sheets": has_role(officer, Role.EXAM_OFFICER, Role.HR),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Begin an exam from a scheme; the blueprint starts as the scheme's parts."""
    officer = require_role(request, Role.EXAM_OFFICER)
    units = units_for(officer, [Role.EXAM_OFFICER])
    form = ExamForm(request.POST or None, units=units, drawable=banks.drawable_by(officer))
    if request.method == "POST" and form.is_valid():
        try:
            exam = exam_acts.create_exam(**form.cleaned_data, by=officer)
        except DomainError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(exam)s” is begun. Its blueprint comes next.") % {"exam": exam.title})
            return redirect("exams:manage_exam", exam.code)
    return render(
        request,
        "exams/manage/exam_create.html",
        {"form": form, "schemes": Scheme.objects.prefetch_related("parts")},
        status=422 if request.method == "POST" else 200,
    )


@login_required
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show the time line of an exam: where it stands, what blocks it, and the button that moves it on."""
    exam = visible_exam(request, code)
    officer = person(request)
    at = clock.now()
    figures = progress.of(exam, at=at)
    may_manage = rules.may_manage(officer, exam)
    lacks = len(papers.shortfalls(exam)) if may_manage and not figures.papers and figures.items else 0
    sittings = list(progress.sittings_of(exam))
    line = timeline.steps(exam, figures, lacks=lacks, sitting=_next_sitting(sittings, at), at=at)
    return render(
        request,
        "exams/manage/exam.html",
        {
            "exam": exam,
            "progress": figures,
            "steps": line if may_manage else _without_links(line),
            "current": timeline.current(line),
            "sittings": sittings,
            "at": at,
            "banks": exam.banks.all(),
            "next_form": next_form({paper.form for paper in figures.papers}),
            "may_manage": may_manage,
            "may_watch": rules.may_invigilate(officer, exam),
            "may_have_sheet": rules.may_see_scores(officer, exam),
        },
    )


def _next_sitting(sittings: list[Sitting], at: datetime) -> Sitting | None:
    """Return the sitting that runs or comes next, else the last one."""
    coming = [sitting for sitting in sittings if sitting.ends_at > at]
    return next(iter(coming or sittings[-1:]), None)


def _without_links(line: list[timeline.Step]) -> list[timeline.Step]:
    for step in line:
        step.href = ""
    return line


@login_required
@require_http_methods(["GET", "POST"])
def blueprint(request: HttpRequest, code: str) -> HttpResponse:
    """Edit the blueprint: rows of type × knowledge point, beside each what the banks hold.

    Two buttons send the form without saving: one adds a row, one counts anew.
    """
    exam = managed_exam(request, code)
    data = request.POST if request.method == "POST" else None
    is_only_asking = data is not None and ("add_row" in data or "count_anew" in data)
    if data is not None and is_only_asking:
        rows = [*typed_rows(data), another_row()] if "add_row" in data else typed_rows(data)
    else:
        rows = initial_rows(exam.blueprint.all())
    formset = BlueprintFormSet(
        None if is_only_asking else data, initial=rows, form_kwargs={"points": knowledge_point_choices()}
    )
    refusal: DomainError | None = None
    if data is not None and not is_only_asking and formset.is_valid():
        try:
            exam_acts.set_blueprint(exam, _cells(formset), by=person(request))
        except DomainError as raised:
            refusal = raised
        else:
            messages.success(request, _("The blueprint is saved."))
            return redirect("exams:manage_exam", exam.code)
    status = 200 if data is None or is_only_asking else (refusal.status if refusal else 422)
    return _editor(request, exam, formset, refusal, status=status)


def _cells(formset: Any) -> list[exam_acts.Cell]:
    return [
        exam_acts.Cell(
            form.cleaned_data["question_type"],
            form.cleaned_data["knowledge_point"],
            form.cleaned_data["count"],
            form.cleaned_data["marks_each"],
        )
        for form in formset.forms
        if form.cleaned_data and not form.cleaned_data["DELETE"]
    ]


def _editor(
    request: HttpRequest,
    exam: Exam,
    formset: Any,
    refusal: DomainError | None,
    *,
    status: int,
) -> HttpResponse:
    stock = Stock(exam)
    rows = [{"form": form, "available": stock.available(*form.cell)} for form in formset.forms]
    for row in rows:
        wanted = str(row["form"]["count"].value() or "")
        row["is_short"] = wanted.isdecimal() and len(wanted) < 19 and int(wanted) > row["available"]
    items, marks = formset.totals
    return render(
        request,
        "exams/manage/blueprint.html",
        {
            "exam": exam,
            "formset": formset,
            "rows": rows,
            "items": items,
            "marks": marks,
            "refusal": refusal,
            "is_frozen": exam.state not in (ExamState.DRAFT, ExamState.DRAWN),
            "throws_paper_away": exam.state == ExamState.DRAWN,
        },
        status=status,
    )
