"""Certified on duty for leaders, HR and auditors: one number, what pulls it down, every officer."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common import audit, clock, jobs
from personnel.models import Officer, Unit
from training.enums import UncoveredReason
from training.queries import coverage
from training.queries.coverage import Coverage, Uncovered
from training.tasks import COVERAGE_EXPORT

PAGE_SIZE = 50
# The figure is compared with the one so many days ago.
COMPARED_DAYS = 30


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show the units this person answers for; with one of them, that unit itself."""
    assert isinstance(request.user, Officer)
    tops = coverage.units_of(request.user)
    if not tops:
        raise Http404
    if len(tops) == 1:
        return _show(request, tops[0], tops)
    figures = coverage.by_unit(tops, clock.today())
    rows = [figures[unit.code] for unit in tops]
    context = {"rows": rows, "bars": [_bar(row) for row in rows]}
    return render(request, "training/coverage_units.html", context)


@require_safe
@login_required
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit with its parts and its uncovered officers."""
    assert isinstance(request.user, Officer)
    found = get_object_or_404(coverage.visible_units(request.user), code=code)
    return _show(request, found, coverage.units_of(request.user))


@require_POST
@login_required
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Queue the workbook of a unit's subtree; the export is in the audit log (F40)."""
    assert isinstance(request.user, Officer)
    found = get_object_or_404(coverage.visible_units(request.user), code=code)
    job = jobs.submit(
        COVERAGE_EXPORT,
        title=_("Certified on duty: %(unit)s") % {"unit": found.name},
        by=request.user,
        arguments={"unit": found.code},
    )
    audit.record(
        "training.coverage_exported",
        by=request.user,
        at=clock.now(),
        subject=f"unit:{found.code}",
        detail={"job": job.code},
    )
    return redirect("common:job", code=job.code)


def _show(request: HttpRequest, found: Unit, tops: list[Unit]) -> HttpResponse:
    today = clock.today()
    figures = coverage.by_unit([found], today)
    here = figures[found.code]
    parts = coverage.children(found, figures)
    people = coverage.uncovered([found], today)
    chosen = request.GET.get("reason", "")
    shown = [row for row in people if not chosen or row.reason == chosen]
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "unit": found,
        "here": here,
        "parts": parts,
        "bars": [_bar(row) for row in parts],
        "pulling_down": coverage.pulling_down(parts),
        "change": _change(found, here, today),
        "page": page,
        "people": page.object_list,
        "filters": _filters(people, chosen),
        "chosen": chosen,
        "crumbs": _crumbs(found, tops),
    }
    return render(request, "training/coverage.html", context)


def _bar(row: Coverage) -> tuple[SafeString, float, float, str]:
    label = format_html('<a href="{}">{}</a>', reverse("training:coverage_unit", args=[row.unit.code]), row.unit.name)
    note = _("%(rate).1f %% · %(certified)d of %(officers)d") % {
        "rate": row.rate or 0,
        "certified": row.certified,
        "officers": row.officers,
    }
    return label, row.certified, row.officers, note


def _change(found: Unit, here: Coverage, today: date) -> dict[str, Any] | None:
    """Return the change in points against some weeks ago, None where there is nothing to compare."""
    day = today - timedelta(days=COMPARED_DAYS)
    before = coverage.by_unit([found], day)[found.code].rate
    if before is None or here.rate is None:
        return None
    points = round(here.rate, 1) - round(before, 1)
    return {"day": day, "before": before, "points": points, "size": abs(points)}


def _filters(people: list[Uncovered], chosen: str) -> list[dict[str, Any]]:
    counts = {reason: sum(1 for row in people if row.reason == reason) for reason in UncoveredReason}
    rows: list[dict[str, Any]] = [{"label": _("All"), "value": "", "count": len(people), "is_chosen": not chosen}]
    rows += [
        {"label": reason.label, "value": reason.value, "count": count, "is_chosen": chosen == reason}
        for reason, count in counts.items()
        if count
    ]
    return rows


def _crumbs(found: Unit, tops: list[Unit]) -> list[tuple[str, str | None]]:
    """Return the way up, as far as this person may see."""
    top = next(top for top in tops if found.path.startswith(top.path))
    crumbs: list[tuple[str, str | None]] = [(_("Certified on duty"), reverse("training:coverage"))]
    if len(found.path) > len(top.path):
        above = found.get_ancestors().filter(path__startswith=top.path)
        crumbs += [(parent.name, reverse("training:coverage_unit", args=[parent.code])) for parent in above]
    return [*crumbs, (found.name, None)]
