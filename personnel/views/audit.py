"""The audit log, and whether the records are whole."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common import audit, jobs, transitions
from common.models import AuditEvent, Job, JobState
from personnel import tasks
from personnel.forms.register import AuditFilter
from personnel.queries import audit_log
from personnel.views.access import holder

EVENTS_A_PAGE = 50


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the acts that the auditor may see, newest first, and the last verdict on the chains."""
    viewer = holder(request, *audit_log.AUDIT_ROLES)
    form = AuditFilter(request.GET, actions=audit.named_actions())
    wanted = form.wanted()
    found = audit_log.search(viewer, wanted) if wanted else AuditEvent.objects.none().order_by("link")
    page = Paginator(found, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "form": form,
        "page": page,
        # As pairs: a detail may itself be called "items", which a template would take for the method.
        "rows": [(event, _words(event.action), list(event.detail.items())) for event in page],
        "verdict": _last_verdict(),
    }
    return render(request, "personnel/audit.html", shown)


@login_required
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Start walking every chain of records."""
    viewer = holder(request, *audit_log.AUDIT_ROLES)
    job = jobs.submit(tasks.VERIFY_RECORDS, title=_("Verification of all records"), by=viewer, arguments={})
    return redirect("common:job", code=job.code)


def _words(action: str) -> str:
    """Return an act in words; a move of a state is named by the state it led to."""
    _app, _dot, move = action.partition(".")
    for table in transitions.REGISTRY.values():
        state = move.removeprefix(f"{table.name}_")
        if state != move and state in table.states.values and action not in audit.NAMES:
            return str(table.states(state).label)
    return audit.name_of(action)


def _last_verdict() -> Job | None:
    ended = Job.objects.filter(kind=tasks.VERIFY_RECORDS, state=JobState.DONE)
    return ended.order_by("-finished_at").first()
