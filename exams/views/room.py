"""The examination room's page: a shell. Paper, answers and clock come through the room's API."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import clock, idle
from exams.models import Attempt
from exams.queries import candidacies

# Stands in the receipt's address until the script knows the attempt.
ATTEMPT_PLACEHOLDER = "ATTEMPT"


@require_safe
@never_cache
@login_required
def room(request: HttpRequest, code: str) -> HttpResponse:
    """Show the room to the candidate herself; to everybody else there is nothing here.

    Reading this page starts nothing: the attempt begins when the candidate says so.
    """
    officer: Any = request.user
    candidacy = get_object_or_404(candidacies.of(officer), code=code)
    attempt: Attempt | None = getattr(candidacy, "attempt", None)
    until_opening = candidacy.sitting.opens_at - clock.now()
    paper = candidacy.sitting.paper
    # The room works by its own token; without this the login would end for idleness under the candidate's hands.
    idle.stay_until(request.session, candidacy.sitting.ends_at + timedelta(minutes=candidacy.extra_minutes))
    return render(
        request,
        "exams/room.html",
        {
            "candidacy": candidacy,
            "sitting": candidacy.sitting,
            "exam": candidacy.sitting.exam,
            "is_running": attempt is not None,
            "opens_in_ms": max(0, int(until_opening / timedelta(milliseconds=1))),
            "items": paper.items.count(),
            "duration": paper.rules.get("duration_minutes", 0) + candidacy.extra_minutes,
            "receipt_url": reverse("exams:receipt", args=[ATTEMPT_PLACEHOLDER]),
        },
    )
