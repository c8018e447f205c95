"""Sittings from the desk: set, filled with candidates, watched; and what is decided about one candidate."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from common.errors import DomainError
from exams import rules
from exams.domain import sittings as sitting_acts
from exams.enums import AttemptState, CandidacyState
from exams.forms.refusals import show_refusal
from exams.forms.sitting import SittingForm
from exams.queries import sittings
from exams.queries.sittings import MonitorRow
from exams.views.access import managed_exam, managed_sitting, person, watched_sitting

PER_PAGE = 50
# Seconds between two refreshes of the wall.
REFRESH_SECONDS = 10
WALL = "exams/manage/monitor.html"


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, code: str) -> HttpResponse:
    """Set a sitting of a sealed paper."""
    exam = managed_exam(request, code)
    papers = exam.papers.filter(sealed_at__isnull=False).defer("public").order_by("form")
    form = SittingForm(request.POST or None, papers=papers, initial={"paper": papers.last()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sitting = sitting_acts.create_sitting(exam, **form.cleaned_data, by=person(request))
            except DomainError as refusal:
                show_refusal(form, refusal)
                status = refusal.status
            else:
                messages.success(
                    request, _("“%(sitting)s” is set. Register its candidates next.") % {"sitting": sitting.name}
                )
                return redirect("exams:manage_sitting", sitting.code)
    return render(
        request,
        "exams/manage/sitting_create.html",
        {"exam": exam, "form": form, "has_papers": papers.exists()},
        status=status,
    )


@login_required
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a sitting and its candidates; withdrawn ones last."""
    sitting = managed_sitting(request, code)
    candidacies = (
        sitting.candidacies.select_related("officer", "attempt")
        .prefetch_related("officer__postings__unit")
        .order_by("state", "officer__service_no")
    )
    waiting = candidacies.filter(state=CandidacyState.REGISTERED).count()
    chosen = request.GET.get("state", "")
    if chosen in CandidacyState.values:
        candidacies = candidacies.filter(state=chosen)
    return render(
        request,
        "exams/manage/sitting.html",
        {
            "sitting": sitting,
            "exam": sitting.exam,
            "page_obj": Paginator(candidacies, PER_PAGE).get_page(request.GET.get("page")),
            "states": list(CandidacyState),
            "chosen": chosen,
            "waiting": waiting,
            "is_over": sitting.ends_at <= clock.now(),
        },
    )


@login_required
@require_GET
def monitor(request: HttpRequest, code: str) -> HttpResponse:
    """Show who is where in a sitting; for htmx only the wall, which refreshes itself."""
    sitting = watched_sitting(request, code)
    at = clock.now()
    rows = [_Seat(row) for row in sittings.monitor_rows(sitting, at=at)]
    rows.sort(key=lambda seat: seat.rank)
    context = {
        "sitting": sitting,
        "exam": sitting.exam,
        "rows": rows,
        "items": sitting.paper.items.count(),
        "at": at,
        "counts": _counts(rows),
        "refresh_seconds": REFRESH_SECONDS,
        "is_running": sitting.opens_at - timedelta(hours=1) <= at
        and (at <= sitting.ends_at or any(seat.is_running for seat in rows)),
        "may_manage": rules.may_manage(person(request), sitting.exam),
    }
    template = f"{WALL}#wall" if getattr(request, "htmx", False) else WALL
    return render(request, template, context)


class _Seat:
    """A monitor row with what the page needs to say about it."""

    def __init__(self, row: MonitorRow) -> None:
        self.row = row
        self.candidacy = row.candidacy
        self.officer = row.candidacy.officer
        self.attempt = row.attempt
        self.is_running = row.attempt is not None and row.attempt.state == AttemptState.IN_PROGRESS
        self.is_silent = row.needs_attention
        self.is_waiting = row.candidacy.state == CandidacyState.REGISTERED
        self.minutes_left = None if row.remaining_seconds is None else -(-row.remaining_seconds // 60)

    @property
    def rank(self) -> int:
        """What needs a person rises: silent pages, then those not admitted, then the others by how far they are."""
        if self.is_silent:
            return 0
        if self.attempt is None:
            return 1 if self.is_waiting else 2
        return 3 if self.is_running else 4


def _counts(seats: list[_Seat]) -> dict[str, int]:
    return {
        "due": len(seats),
        "absent": sum(seat.attempt is None for seat in seats),
        "waiting": sum(seat.attempt is None and seat.is_waiting for seat in seats),
        "running": sum(seat.is_running for seat in seats),
        "silent": sum(seat.is_silent for seat in seats),
        "handed_in": sum(seat.attempt is not None and not seat.is_running for seat in seats),
    }
