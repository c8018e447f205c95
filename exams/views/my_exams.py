"""A candidate's own exams: the list, and what she needs to know before she enters the room."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from common import clock
from exams.models import Attempt, Candidacy, Result
from exams.queries import candidacies, standing
from exams.queries.standing import Standing
from question_banks.enums import QuestionType


@dataclass(frozen=True)
class Entry:
    """A line of the list: the candidacy, where it stands, and what belongs to it."""

    candidacy: Candidacy
    standing: Standing
    attempt: Attempt | None
    result: Result | None


def _entry(candidacy: Candidacy) -> Entry:
    attempt: Attempt | None = getattr(candidacy, "attempt", None)
    result: Result | None = getattr(attempt, "result", None)
    released = result if result is not None and result.released_at else None
    return Entry(candidacy, standing.of(candidacy, at=clock.now()), attempt, released)


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the person's exams: what is running now, what is coming, what is past."""
    officer: Any = request.user
    entries = [_entry(candidacy) for candidacy in candidacies.of(officer)]
    coming = [entry for entry in entries if entry.standing.group == "coming"]
    return render(
        request,
        "exams/my_exams.html",
        {
            "now": [entry for entry in entries if entry.standing.group == "now"],
            # The next one first; the query has the newest first.
            "coming": coming[::-1],
            "past": [entry for entry in entries if entry.standing.group == "past"],
        },
    )


@require_safe
@login_required
def candidacy(request: HttpRequest, code: str) -> HttpResponse:
    """Show one of the person's own candidacies: time, place, rules, and the way into the room."""
    officer: Any = request.user
    found = get_object_or_404(candidacies.of(officer), code=code)
    paper = found.sitting.paper
    parts = paper.items.values("question_type").annotate(count=Count("pk"), first=Min("position")).order_by("first")
    return render(
        request,
        "exams/candidacy.html",
        {
            "entry": _entry(found),
            "candidacy": found,
            "sitting": found.sitting,
            "exam": found.sitting.exam,
            "rules": paper.rules,
            "paper": paper,
            "parts": [{**part, "type": QuestionType(part["question_type"]).label} for part in parts],
            "items": sum(part["count"] for part in parts),
            "duration": paper.rules.get("duration_minutes", 0) + found.extra_minutes,
        },
    )
