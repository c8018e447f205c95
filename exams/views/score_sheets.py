"""Score sheets: asked for here, written in the background, fetched from the page of the job."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common import jobs
from exams.exporters import score_sheet
from exams.queries import score_sheets
from exams.views.access import person, require_role
from personnel.enums import Role

PER_PAGE = 25


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the exams with released results of which the person may have the sheet."""
    officer = require_role(request, Role.EXAM_OFFICER, Role.HR)
    listed = score_sheets.exams_for(officer)
    return render(
        request,
        "exams/manage/score_sheets.html",
        {"page_obj": Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))},
    )


@login_required
@require_POST
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Queue the sheet of one exam, with the rows that the person may have."""
    officer = require_role(request, Role.EXAM_OFFICER, Role.HR)
    exam = get_object_or_404(score_sheets.exams_within_reach(officer), code=code)
    score_sheet.check_released(exam)
    job = jobs.submit(
        score_sheet.JOB_KIND,
        title=_("Score sheet: %(exam)s") % {"exam": exam.title},
        by=person(request),
        arguments={"exam": exam.pk},
    )
    return redirect("common:job", job.code)
