"""The register of officers: find, look, add, move, close; every act through the domain."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import jobs
from common.errors import DomainError
from personnel import tasks
from personnel.domain import accounts, postings, roles
from personnel.enums import EmploymentKind, Role, Tier
from personnel.forms.register import GrantForm, OfficerForm, PostingForm, ReasonForm, RegisterFilter
from personnel.models import Officer, RoleGrant
from personnel.queries import officers, register
from personnel.rules import has_role
from personnel.views.access import holder, managed

OFFICERS_A_PAGE = 50
RECORD_ROLES = (Role.HR, Role.SYSTEM_ADMIN)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the officers whom the person sees, filtered."""
    viewer = holder(request, *officers.SEEING_ROLES)
    form = RegisterFilter(request.GET, units=register.seen_units(viewer))
    wanted = form.wanted()
    found = register.search(viewer, wanted) if wanted else Officer.objects.none().order_by("pk")
    page = Paginator(register.with_posts(found), OFFICERS_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "filtered": bool(wanted and any(wanted.plain().values())),
        "may_record": has_role(viewer, *RECORD_ROLES),
        "awaiting_password": wanted is not None and wanted.account == register.NO_PASSWORD,
    }
    return render(request, "personnel/officers.html", shown)


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Start the export of what the person sees."""
    viewer = holder(request, *officers.SEEING_ROLES)
    job = jobs.submit(
        tasks.REGISTER_EXPORT, title=_("Register of officers"), by=viewer, arguments=_asked(request, viewer)
    )
    return redirect("common:job", code=job.code)


@login_required
@require_POST
def issue_passwords(request: HttpRequest) -> HttpResponse:
    """Start issuing initial passwords to those of the list who have none."""
    viewer = holder(request, *RECORD_ROLES)
    arguments = {**_asked(request, viewer), jobs.FETCHED_ONCE: True}
    job = jobs.submit(tasks.INITIAL_PASSWORDS, title=_("Initial passwords"), by=viewer, arguments=arguments)
    return redirect("common:job", code=job.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Write down a new officer and her first post."""
    viewer = holder(request, *RECORD_ROLES)
    form = OfficerForm(request.POST or None, by=viewer)
    if request.method == "POST" and form.is_valid():
        try:
            made = _write_down(form.cleaned_data, viewer)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("%(name)s is on record.") % {"name": made.name})
            return redirect("personnel:officer", service_no=made.service_no)
    status = 422 if form.errors else 200
    return render(request, "personnel/officer_add.html", {"form": form}, status=status)


@login_required
@require_safe
def detail(request: HttpRequest, service_no: str) -> HttpResponse:
    """Show one officer: particulars, posts, roles, and what the viewer may do."""
    viewer = holder(request, *officers.SEEING_ROLES)
    officer = officers.visible_to(viewer).filter(service_no=service_no).first()
    if officer is None:
        raise Http404
    return render(request, "personnel/officer.html", shown(viewer, officer))


@login_required
@require_POST
def post(request: HttpRequest, service_no: str) -> HttpResponse:
    """Post the officer to another unit."""
    viewer, officer = managed(request, service_no, *RECORD_ROLES)
    form = PostingForm(request.POST, by=viewer)
    if form.is_valid():
        try:
            postings.post(officer, by=viewer, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            unit = form.cleaned_data["unit"]
            messages.success(request, _("Posted to %(unit)s.") % {"unit": unit})
            return redirect("personnel:officer", service_no=service_no)
    return _again(request, viewer, officer, posting_form=form)


@login_required
@require_POST
def close(request: HttpRequest, service_no: str) -> HttpResponse:
    """Close the officer's account; all her logins end."""
    return _decide(request, service_no, "close_form", accounts.disable, _("The account is closed."))


@login_required
@require_POST
def reopen(request: HttpRequest, service_no: str) -> HttpResponse:
    """Open a closed account again."""
    return _decide(request, service_no, "close_form", accounts.enable, _("The account is open again."))


@login_required
@never_cache
@require_POST
def reveal_id_number(request: HttpRequest, service_no: str) -> HttpResponse:
    """Show the full ID number once, in this answer only (fault F40)."""
    viewer, officer = managed(request, service_no, Role.HR)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, viewer, officer, reveal_form=form)
    number = accounts.reveal_id_number(officer, reason=form.cleaned_data["reason"], by=viewer)
    return render(request, "personnel/shown_once.html", {"officer": officer, "id_number": number})


@login_required
@never_cache
@require_POST
def issue_password(request: HttpRequest, service_no: str) -> HttpResponse:
    """Give the officer an initial password and show it once, in this answer only."""
    viewer, officer = managed(request, service_no, *RECORD_ROLES)
    if officer.pk == viewer.pk:
        return redirect("account:password")
    password = accounts.issue_initial_password(officer, by=viewer)
    return render(request, "personnel/shown_once.html", {"officer": officer, "password": password})


@login_required
@require_POST
def grant_role(request: HttpRequest, service_no: str) -> HttpResponse:
    """Give the officer a role over a unit."""
    viewer, officer = managed(request, service_no, Role.SECURITY_ADMIN)
    form = GrantForm(request.POST, by=viewer)
    if form.is_valid():
        cleaned = form.cleaned_data
        role = Role(cleaned["role"])
        try:
            roles.grant(officer, role, cleaned["unit"], reason=cleaned["reason"], by=viewer)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Granted: %(role)s.") % {"role": role.label})
            return redirect("personnel:officer", service_no=service_no)
    return _again(request, viewer, officer, grant_form=form)


@login_required
@require_POST
def revoke_role(request: HttpRequest, service_no: str) -> HttpResponse:
    """Take a role back."""
    viewer, officer = managed(request, service_no, Role.SECURITY_ADMIN)
    asked = request.POST.get("grant", "")
    held = officer.role_grants.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None
    if held is None:
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, viewer, officer, revoke_form=form)
    roles.revoke(held, reason=form.cleaned_data["reason"], by=viewer)
    messages.success(request, _("Taken back: %(role)s.") % {"role": held.get_role_display()})
    return redirect("personnel:officer", service_no=service_no)


@login_required
@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """List who holds which role, for those who answer for it."""
    viewer = holder(request, Role.SECURITY_ADMIN, Role.AUDITOR, Role.AUDIT_ADMIN)
    seen = officers.manageable_by(viewer, Role.SECURITY_ADMIN, Role.AUDITOR, Role.AUDIT_ADMIN)
    grants = (
        RoleGrant.objects.filter(revoked_at__isnull=True, officer__in=seen.values("pk"))
        .select_related("officer", "unit", "granted_by")
        .order_by("role", "unit__path", "officer__service_no")
    )
    page = Paginator(grants, OFFICERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "personnel/roles.html", {"page": page})


def shown(viewer: Officer, officer: Officer) -> dict[str, Any]:
    """Return what the officer's page shows and offers to this viewer."""
    unit = officers.present_unit(officer)
    records = has_role(viewer, *RECORD_ROLES, unit=unit)
    own = viewer.pk == officer.pk
    grants = has_role(viewer, Role.SECURITY_ADMIN, unit=unit) and not own
    return {
        "officer": officer,
        "unit": unit,
        "posts": officer.postings.select_related("unit").order_by("-starts_on"),
        "grants": officer.role_grants.filter(revoked_at__isnull=True).select_related("unit"),
        "may_record": records,
        "may_close": records and not own,
        "may_set_password": records and not own and accounts.may_set_password(viewer, officer),
        "may_reveal": has_role(viewer, Role.HR, unit=unit) and bool(officer.id_number),
        "may_grant": grants,
        "posting_form": PostingForm(by=viewer) if records else None,
        "close_form": ReasonForm(auto_id="close_%s"),
        "reveal_form": ReasonForm(auto_id="reveal_%s"),
        "revoke_form": ReasonForm(auto_id="revoke_%s"),
        "grant_form": GrantForm(by=viewer) if grants else None,
    }


def _again(request: HttpRequest, viewer: Officer, officer: Officer, **forms: Any) -> HttpResponse:
    """Show the page once more with what was typed and what is wrong with it."""
    context = {**shown(viewer, officer), **forms, "wrong_form": next(iter(forms.values()))}
    return render(request, "personnel/officer.html", context, status=422)


def _decide(request: HttpRequest, service_no: str, key: str, act: Any, done: str) -> HttpResponse:
    viewer, officer = managed(request, service_no, *RECORD_ROLES)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, viewer, officer, **{key: form})
    act(officer, by=viewer, reason=form.cleaned_data["reason"])
    messages.success(request, done)
    return redirect("personnel:officer", service_no=service_no)


def _asked(request: HttpRequest, viewer: Officer) -> dict[str, Any]:
    """Return the filter of the list that the button stood under."""
    wanted = RegisterFilter(request.POST, units=register.seen_units(viewer)).wanted()
    if wanted is None:
        raise Http404
    return dict(wanted.plain())


def _write_down(cleaned: dict[str, Any], viewer: Officer) -> Officer:
    with transaction.atomic():
        officer = accounts.create_officer(
            service_no=cleaned["service_no"],
            name=cleaned["name"],
            id_number=cleaned["id_number"],
            title=cleaned["title"],
            tier=Tier(cleaned["tier"]),
            employment=EmploymentKind(cleaned["employment"]),
            fields=cleaned["fields_of_work"],
            by=viewer,
        )
        postings.post(
            officer,
            cleaned["unit"],
            starts_on=cleaned["starts_on"],
            is_enforcement=cleaned["is_enforcement"],
            by=viewer,
        )
    return officer
