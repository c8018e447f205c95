"""What an officer is to learn, and what she has been credited for."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import clock
from personnel.models import Officer
from training.queries import study


@never_cache
@require_safe
@login_required
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one of the officer's programmes: courses, lessons with marks, minutes, what is next."""
    assert isinstance(request.user, Officer)
    found = get_object_or_404(study.visible_to(request.user), code=code)
    (shown,) = study.studies(request.user, found)
    context = {
        "study": shown,
        "next_label": _("Go on reading") if shown.minutes_credited else _("Begin reading"),
        "trail": [(_("My page"), "/"), (found.title, None)],
    }
    return render(request, "training/programme.html", context)


@never_cache
@require_safe
@login_required
def hours(request: HttpRequest) -> HttpResponse:
    """Show the officer's own hours ledger, by day, and the rules by which minutes count."""
    assert isinstance(request.user, Officer)
    today = clock.today()
    days = study.hours_by_day(request.user)
    context = {
        "days": days,
        "year": today.year,
        "year_minutes": study.minutes_in_year(request.user, today.year),
        "today_minutes": sum(row.minutes for row in days if row.day == today),
        "cap_minutes": settings.MINGFA_DAILY_HOURS_CAP_MINUTES,
        "gap_seconds": settings.MINGFA_READING_GAP_SECONDS,
        "trail": [(_("My page"), "/"), (_("My hours"), None)],
    }
    return render(request, "training/hours.html", context)
