"""What a result leads to: the certificate, or what to read again and when to sit again."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import clock
from common.scores import plain
from exams.models import Result
from exams.queries import results
from personnel.models import Officer
from training.domain.certification import GRANTING_KINDS
from training.domain.retraining import PointResult, weak_points
from training.enums import RetrainingState
from training.models import Certificate, RetrainingPlan
from training.queries import retraining


@never_cache
@require_safe
@login_required
def after_result(request: HttpRequest, code: str) -> HttpResponse:
    """Show the officer what follows from her own released result."""
    assert isinstance(request.user, Officer)
    result = get_object_or_404(results.released().select_related("exam__scheme"), officer=request.user, code=code)
    context: dict[str, Any] = {
        "result": result,
        "exam": result.exam,
        "crumbs": _crumbs(result, _("What comes next")),
    }
    if result.has_passed:
        context |= _passed(result)
    else:
        context |= _failed(result)
    return render(request, "training/after_result.html", context)


@never_cache
@require_safe
@login_required
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show one of the officer's own retraining plans."""
    assert isinstance(request.user, Officer)
    found = get_object_or_404(retraining.visible_to(request.user), code=code)
    context = {
        "result": found.result,
        "exam": found.result.exam,
        "state": RetrainingState(found.state),
        "crumbs": _crumbs(found.result, _("Retraining")),
        **_failed(found.result),
    }
    return render(request, "training/retraining.html", context)


def _passed(result: Result) -> dict[str, Any]:
    certificate = Certificate.objects.filter(result=result).first()
    return {
        "certificate": certificate,
        "certificate_state": certificate.state_on(clock.today()) if certificate else None,
        # The queue grants it a moment after the release.
        "is_certificate_due": certificate is None and result.exam.scheme.kind in GRANTING_KINDS,
    }


def _failed(result: Result) -> dict[str, Any]:
    weak = weak_points(result.profile, below_percent=result.exam.scheme.weak_below_percent)
    found = RetrainingPlan.objects.filter(result=result).first()
    return {
        "weak": weak,
        "weak_bars": [_bar(point) for point in weak],
        "plan": found,
        "standing": retraining.standing(found) if found else None,
    }


def _crumbs(result: Result, here: str) -> list[tuple[str, str | None]]:
    return [
        (_("My exams"), reverse("exams:my_exams")),
        (_("Result"), reverse("exams:result", args=[result.code])),
        (here, None),
    ]


def _bar(point: PointResult) -> tuple[str, float, float, str]:
    note = _("%(marks)s of %(full)s marks · %(percent)d %%") % {
        "marks": plain(point.marks),
        "full": plain(point.full),
        "percent": point.percent,
    }
    name = point.name or _("Without knowledge point")
    return name, float(point.marks), float(point.full), note
