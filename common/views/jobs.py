"""Long work and what came of it: only its owner sees it; anybody else is told nothing (fault F36)."""

import mimetypes
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.storage import storages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import jobs
from common.errors import NotPossibleNow
from common.models import Job, JobState
from common.models.job import FINISHED_STATES

JOBS_A_PAGE = 20


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List one's own jobs, newest first."""
    own = _own(request).order_by("-created_at")
    page = Paginator(own, JOBS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "common/jobs.html", {"page": page})


@login_required
@never_cache
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one job; htmx asks for the moving part alone until it has ended."""
    job = get_object_or_404(_own(request), code=code)
    template = "common/job_part.html" if getattr(request, "htmx", False) else "common/job.html"
    return render(request, template, _shown(job))


@login_required
@never_cache
@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """Hand out what the job made, until it expires; a file with secrets only once.

    Raises:
        NotPossibleNow: the file has expired or was fetched already.
    """
    job = get_object_or_404(_own(request), code=code)
    if job.state != JobState.DONE or not job.output:
        raise Http404
    if not jobs.is_output_kept(job):
        raise NotPossibleNow(
            _("This file is no longer kept. Start the work again to get it anew."),
            code="file_expired",
        )
    name = PurePosixPath(job.output).name
    content = storages["private"].open(job.output, "rb")
    if request.method == "GET" and job.arguments.get(jobs.FETCHED_ONCE):
        # An open file outlives its name; what was handed out is gone from the store.
        jobs.discard_output(job)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _own(request: HttpRequest) -> Any:
    return Job.objects.filter(owner=request.user.pk)


def _shown(job: Job) -> dict[str, Any]:
    """Return what the page shows; a job's arguments may name where to go on afterwards."""
    return {
        "job": job,
        "ended": job.state in FINISHED_STATES,
        "downloadable": jobs.is_output_kept(job),
        "expires_at": jobs.output_expires_at(job),
        "done_url": job.arguments.get("done_url", ""),
        "done_label": job.arguments.get("done_label", ""),
    }
