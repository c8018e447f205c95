"""The tree of units."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import DomainError
from personnel.domain import units
from personnel.enums import Role, UnitKind
from personnel.forms.register import UnitForm, UnitNameForm
from personnel.models import Officer, Unit
from personnel.queries import officers, register
from personnel.rules import has_role, units_for
from personnel.views.access import holder


@login_required
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """Show the units that the person sees, with how many officers serve in each."""
    viewer = holder(request, *officers.SEEING_ROLES)
    seen = register.seen_units(viewer)
    counts = register.headcounts(seen)
    top = min((unit.depth for unit in seen), default=1)
    rows = [(unit, unit.depth - top, counts.get(unit.pk, 0)) for unit in seen]
    context = {"rows": rows, "may_change": has_role(viewer, Role.SYSTEM_ADMIN)}
    return render(request, "personnel/units.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add a unit below another."""
    viewer, above = _changeable(request, code)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            made = units.create(
                code=cleaned["code"],
                name=cleaned["name"],
                kind=UnitKind(cleaned["kind"]),
                region=cleaned["region"],
                parent=above,
                by=viewer,
            )
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("%(unit)s was added.") % {"unit": made})
            return redirect("personnel:units")
    context = {"form": form, "above": above, "title": _("Add a unit")}
    return render(request, "personnel/unit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a unit another name."""
    viewer, unit = _changeable(request, code)
    form = UnitNameForm(request.POST or None, initial={"name": unit.name})
    if request.method == "POST" and form.is_valid():
        units.rename(unit, form.cleaned_data["name"], by=viewer)
        messages.success(request, _("The unit is now called %(unit)s.") % {"unit": unit})
        return redirect("personnel:units")
    context = {"form": form, "above": None, "title": _("Rename %(unit)s") % {"unit": unit}}
    return render(request, "personnel/unit.html", context, status=422 if form.errors else 200)


def _changeable(request: HttpRequest, code: str) -> tuple[Officer, Unit]:
    viewer = holder(request, Role.SYSTEM_ADMIN)
    unit = units_for(viewer, (Role.SYSTEM_ADMIN,)).filter(code=code).first()
    if unit is None:
        raise Http404
    return viewer, unit
