"""Candidates from the desk: registering a unit's officers, and what is decided about one of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common import clock
from common.errors import BadInput, DomainError
from exams.domain import candidacies
from exams.enums import CandidacyState
from exams.forms.refusals import show_refusal
from exams.forms.sitting import AdmissionForm, ExtraTimeForm, ReinstatementForm, WithdrawalForm
from exams.models import AttemptEvent, Candidacy, Sitting
from exams.views.access import managed_candidacy, managed_sitting, person
from personnel.enums import Role
from personnel.models import Officer, Unit
from personnel.queries.officers import postings_on
from personnel.rules import units_for

# More than this are registered as a whole unit, or by choosing a smaller one.
LISTED_MAX = 500
ACTS: dict[str, type[forms.Form]] = {
    "admit": AdmissionForm,
    "extra_time": ExtraTimeForm,
    "withdraw": WithdrawalForm,
    "reinstate": ReinstatementForm,
}


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a unit, tick officers (or take all), register them; then show who was registered and who was refused.

    Sending the same form again registers nobody twice, so the answer to the POST is the result itself.
    """
    sitting = managed_sitting(request, code)
    units = units_for(person(request), [Role.EXAM_OFFICER])
    unit = _chosen_unit(request, units)
    posted = _posted_in(unit, sitting)
    if request.method == "POST":
        if unit is None:
            raise BadInput(_("Choose the unit whose officers are to be registered."))
        chosen = _chosen_officers(request, posted)
        if chosen:
            registration = candidacies.register(sitting, chosen, by=person(request))
            return render(
                request,
                "exams/manage/registered.html",
                {"sitting": sitting, "exam": sitting.exam, "unit": unit, "registration": registration},
            )
        messages.error(request, _("Tick at least one officer, or choose all of the unit."))
    return render(
        request,
        "exams/manage/register.html",
        {
            "sitting": sitting,
            "exam": sitting.exam,
            "units": _with_depth(units),
            "unit": unit,
            "postings": posted[:LISTED_MAX],
            "total": posted.count(),
            "listed_max": LISTED_MAX,
            "free": posted.filter(is_enforcement=True, is_registered=False).count(),
        },
        status=422 if request.method == "POST" else 200,
    )


def _chosen_unit(request: HttpRequest, units: QuerySet[Unit]) -> Unit | None:
    code = request.POST.get("unit") or request.GET.get("unit")
    if not code:
        return units.first() if units.count() == 1 else None
    return get_object_or_404(units, code=code)


def _with_depth(units: QuerySet[Unit]) -> list[tuple[Unit, str]]:
    return [(unit, "　" * (unit.depth - 1) + unit.name) for unit in units.order_by("path")]


def _posted_in(unit: Unit | None, sitting: Sitting) -> QuerySet[Any]:
    """Return today's postings in the unit's subtree, each with whether its officer is on the sitting's list.

    Who can still be registered stands first. Nobody is listed before a unit is chosen.
    """
    listed = sitting.candidacies.exclude(state=CandidacyState.WITHDRAWN)
    inside = Q(unit__path__startswith=unit.path) if unit else Q(pk__in=[])
    return (
        postings_on(clock.today())
        .filter(inside, officer__is_active=True)
        .annotate(is_registered=Exists(listed.filter(officer=OuterRef("officer"))))
        .select_related("officer", "unit")
        .order_by("is_registered", "unit__path", "officer__service_no")
    )


def _chosen_officers(request: HttpRequest, posted: QuerySet[Any]) -> list[Officer]:
    if "all" in request.POST:
        # Of a unit only those in enforcement posts and not on the list are meant by "all".
        posted = posted.filter(is_enforcement=True, is_registered=False)
    else:
        posted = posted.filter(officer__service_no__in=request.POST.getlist("officer"))
    return [posting.officer for posting in posted]


@login_required
@require_http_methods(["GET", "POST"])
def candidate(request: HttpRequest, code: str) -> HttpResponse:
    """Show one candidate's place and record; admit, give extra time, withdraw or put back, each with a reason."""
    candidacy = managed_candidacy(request, code)
    shown = {name: form(prefix=name) for name, form in ACTS.items()}
    status = 200
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise Http404
        shown[act] = form = ACTS[act](request.POST, prefix=act)
        status = 422
        if form.is_valid():
            try:
                said = _decide(act, candidacy, form.cleaned_data, by=person(request))
            except DomainError as refusal:
                show_refusal(form, refusal)
                status = refusal.status
            else:
                messages.success(request, said)
                return redirect("exams:manage_candidate", candidacy.code)
    return _candidate_page(request, candidacy, shown, status=status)


def _decide(act: str, candidacy: Candidacy, given: dict[str, Any], *, by: Officer) -> str:
    """Carry out one decision and return the sentence that reports it."""
    name = {"name": candidacy.officer.name}
    if act == "admit":
        candidacies.admit(candidacy, reason=given["reason"], by=by)
        return _("%(name)s is admitted.") % name
    if act == "withdraw":
        candidacies.withdraw(candidacy, reason=given["reason"], by=by)
        return _("%(name)s is taken off this sitting.") % name
    if act == "reinstate":
        candidacies.reinstate(candidacy, reason=given["reason"], by=by)
        return _("%(name)s is on the list again.") % name
    candidacies.give_extra_time(candidacy, given["minutes"], reason=given["reason"], by=by)
    return _("%(name)s has %(minutes)d more minutes.") % {**name, "minutes": given["minutes"]}


def _candidate_page(
    request: HttpRequest, candidacy: Candidacy, shown: dict[str, forms.Form], *, status: int
) -> HttpResponse:
    attempt = getattr(candidacy, "attempt", None)
    state = CandidacyState(candidacy.state)
    posting = postings_on(clock.today()).filter(officer=candidacy.officer_id).select_related("unit").first()
    return render(
        request,
        "exams/manage/candidate.html",
        {
            "candidacy": candidacy,
            "sitting": candidacy.sitting,
            "exam": candidacy.sitting.exam,
            "attempt": attempt,
            "unit": posting.unit if posting else None,
            "forms": shown,
            "events": AttemptEvent.objects.filter(attempt=attempt).order_by("link") if attempt else [],
            "may_admit": state == CandidacyState.REGISTERED,
            "may_withdraw": state != CandidacyState.WITHDRAWN and attempt is None,
            "may_reinstate": state == CandidacyState.WITHDRAWN,
            "may_extend": state != CandidacyState.WITHDRAWN and (attempt is None or attempt.closed_at is None),
        },
        status=status,
    )
