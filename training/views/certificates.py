"""An officer's own certificates, and the document for the holder and HR."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import clock
from personnel.models import Officer
from training.exporters import certificate as document_exporter
from training.queries import certificates


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show the officer's own certificates with their state today."""
    assert isinstance(request.user, Officer)
    today = clock.today()
    rows = [{"certificate": held, "state": held.state_on(today)} for held in certificates.of(request.user)]
    return render(request, "training/certificates.html", {"rows": rows})


@never_cache
@require_safe
@login_required
def document(request: HttpRequest, number: str) -> HttpResponse:
    """Send the certificate as PDF to its holder and to HR of her unit; nobody else learns of it."""
    assert isinstance(request.user, Officer)
    held = get_object_or_404(certificates.visible_to(request.user).select_related("officer"), number=number)
    response = HttpResponse(document_exporter.render(held), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{held.number}.pdf"'
    return response
