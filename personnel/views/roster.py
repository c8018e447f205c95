"""Roster import: upload, see what was understood, then import."""

import secrets
from pathlib import PurePath
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common import jobs
from common.errors import DomainError
from personnel import tasks
from personnel.enums import Role
from personnel.exporters.register import template as roster_template
from personnel.forms.register import RosterForm
from personnel.importers import roster
from personnel.importers.roster import Action
from personnel.models import Officer
from personnel.views.access import holder

ROLES = (Role.HR, Role.SYSTEM_ADMIN)
SALT = "personnel.roster"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Rows of each kind that the plan shows; all are counted.
ROWS_SHOWN = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a roster; lead to its plan when it can be read at all."""
    viewer = holder(request, *ROLES)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        path = storages["private"].save(f"{tasks.ROSTER_FOLDER}/{secrets.token_hex(16)}", file)
        try:
            _plan(path, file.name, viewer)
        except DomainError as refusal:
            storages["private"].delete(path)
            form.add_error("file", str(refusal))
        else:
            ticket = signing.dumps([path, PurePath(file.name).name[:120], viewer.pk], salt=SALT)
            return redirect("personnel:roster_plan", ticket=ticket)
    status = 422 if form.errors else 200
    return render(request, "personnel/roster.html", {"form": form}, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, ticket: str) -> HttpResponse:
    """Show what importing would do; on POST, start it."""
    viewer = holder(request, *ROLES)
    path, name = _redeem(ticket, viewer)
    made = _plan(path, name, viewer)
    leave_refused = request.POST.get("leave_refused") == "yes"
    if request.method == "POST" and (not made.refused or leave_refused):
        job = jobs.submit(
            tasks.ROSTER_IMPORT,
            title=_("Roster import: %(name)s") % {"name": name},
            by=viewer,
            arguments={
                "path": path,
                "name": name,
                "leave_refused": leave_refused,
                "done_url": reverse("personnel:officers"),
                "done_label": _("To the officers"),
            },
        )
        return redirect("common:job", code=job.code)
    undecided = request.method == "POST"
    context = {**_shown(made, name), "undecided": undecided}
    return render(request, "personnel/roster_plan.html", context, status=422 if undecided else 200)


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Hand out the empty roster."""
    holder(request, *ROLES)
    answer = HttpResponse(roster_template(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="roster-template.xlsx"'
    return answer


def _plan(path: str, name: str, viewer: Officer) -> roster.Plan:
    return roster.plan(storages["private"].path(path), name=name, by=viewer)


def _redeem(ticket: str, viewer: Officer) -> tuple[str, str]:
    """Return path and name of the upload that the ticket stands for."""
    try:
        path, name, owner = signing.loads(ticket, salt=SALT, max_age=tasks.ROSTERS_KEPT_HOURS * 3600)
    except signing.BadSignature:
        raise Http404 from None
    if owner != viewer.pk or not storages["private"].exists(path):
        raise Http404
    return path, name


def _shown(made: roster.Plan, name: str) -> dict[str, Any]:
    groups = [
        (action, made.count(action), [step for step in made.steps if step.action == action][:ROWS_SHOWN])
        for action in (Action.NEW, Action.MOVED, Action.UPDATED)
    ]
    return {
        "plan": made,
        "name": name,
        "groups": groups,
        "same": made.count(Action.SAME),
        "writes": made.count(Action.NEW) + made.count(Action.MOVED) + made.count(Action.UPDATED),
        "refused": made.refused[:ROWS_SHOWN],
        "rows_shown": ROWS_SHOWN,
    }
