"""What remains of an exam for its candidate: the receipt at once, the result after its release."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import scores
from exams.domain import responses
from exams.enums import CLOSED_STATES, Band
from exams.models import Attempt, Result
from exams.queries import results

Row = tuple[str, float, float, str]


def _profile_rows(result: Result) -> list[Row]:
    """Return (knowledge point, marks, full marks, words) for the chart; what was weakest comes first."""
    rows = [
        (
            part["name"] or _("Without knowledge point"),
            float(part["marks"]),
            float(part["full"]),
            _("%(marks)s of %(full)s marks")
            % {"marks": scores.plain(Decimal(part["marks"])), "full": scores.plain(Decimal(part["full"]))},
        )
        for part in result.profile
    ]
    return sorted(rows, key=lambda row: row[1] / row[2] if row[2] else 1.0)


def _weak_names(rows: list[Row], weak_below_percent: int) -> list[str]:
    return [name for name, marks, full, _words in rows if full and marks * 100 < full * weak_below_percent]


@require_safe
@never_cache
@login_required
def result(request: HttpRequest, code: str) -> HttpResponse:
    """Show a released result: passed or not in words, the score, why, and what follows."""
    officer: Any = request.user
    found = get_object_or_404(
        results.visible_to(officer).select_related("officer", "exam__unit", "attempt__paper"), code=code
    )
    rows = _profile_rows(found)
    rules = found.attempt.paper.rules
    return render(
        request,
        "exams/result.html",
        {
            "result": found,
            "is_own": found.officer_id == officer.pk,
            "band": Band(found.band),
            "missing": found.pass_mark - found.score,
            "rows": rows,
            "weak": _weak_names(rows, rules.get("weak_below_percent", 60)),
            "weak_below_percent": rules.get("weak_below_percent", 60),
        },
    )


@require_safe
@never_cache
@login_required
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt of an attempt handed in: number, time, answered items; never a score."""
    officer: Any = request.user
    attempt = get_object_or_404(
        Attempt.objects.filter(candidacy__officer=officer, state__in=CLOSED_STATES).select_related(
            "candidacy__sitting__exam__unit", "paper"
        ),
        code=code,
    )
    answers = responses.in_effect(attempt)
    return render(
        request,
        "exams/receipt.html",
        {
            "attempt": attempt,
            "candidacy": attempt.candidacy,
            "sitting": attempt.candidacy.sitting,
            "exam": attempt.candidacy.sitting.exam,
            "answered": sum(1 for value in answers.values() if value),
            "items": attempt.paper.items.count(),
            "saves": attempt.responses.filter(is_late=False).count(),
            "late": attempt.responses.filter(is_late=True).exists(),
        },
    )
