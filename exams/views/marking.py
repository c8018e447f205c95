"""Results before and after release: figures, distribution, what is missing, and the act of releasing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from common.errors import DomainError
from exams.domain import results
from exams.enums import ExamState
from exams.models import Exam
from exams.queries import score_figures
from exams.views.access import managed_exam, person


@login_required
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Show what would be released; on POST, with the number confirmed, release it."""
    exam = managed_exam(request, code)
    if request.method == "POST":
        return _release(request, exam)
    return _page(request, exam)


def _release(request: HttpRequest, exam: Exam) -> HttpResponse:
    wanted = request.POST.get("number", "")
    if wanted != str(results.readiness(exam).graded):
        # The button names a number; if the number changed meanwhile, look again before it is final.
        return _page(
            request,
            exam,
            notice=_("The number of results has changed since you opened this page. Please check and confirm again."),
            status=409,
        )
    released = results.release(exam, by=person(request))
    messages.success(
        request,
        ngettext("%(count)d result is released.", "%(count)d results are released.", released) % {"count": released},
    )
    return redirect("exams:manage_release", exam.code)


def _page(request: HttpRequest, exam: Exam, *, notice: str = "", status: int = 200) -> HttpResponse:
    figures = score_figures.of(exam)
    return render(
        request,
        "exams/manage/release.html",
        {
            "exam": exam,
            "figures": figures,
            "bars": [(step.label, step.count, figures.tallest, str(step.count)) for step in figures.histogram],
            "readiness": results.readiness(exam),
            "blocked": _why_not(exam),
            "is_released": exam.state == ExamState.RELEASED,
            "notice": notice,
        },
        status=status,
    )


def _why_not(exam: Exam) -> str:
    try:
        results.check_releasable(exam)
    except DomainError as refusal:
        return str(refusal)
    return ""
