"""我的: the page an officer lands on."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.queries import courses
from personnel.models import Officer
from training.queries import learning


@never_cache
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what is next, by when; below it hours, exam date and certificate."""
    assert isinstance(request.user, Officer)
    standing = learning.standing(request.user)
    context = {
        "standing": standing,
        "study": standing.study,
        "step": learning.step_of(standing),
        "coming": standing.coming,
        "certificate": standing.certificate,
        "catalogue_url": courses.catalogue().get_url(request),
    }
    return render(request, "training/home.html", context)
