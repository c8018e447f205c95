"""Public verification of a certificate: open to everybody, tells little, and slowly (F38)."""

import unicodedata

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import clock
from common.masking import mask_name
from common.throttle import Limit
from training.queries import certificates

LONGEST = 40


@never_cache
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Answer with the certificate that number and code name together; any other pair is one page.

    Without a question only the form is shown.
    """
    number = _clean(request.GET.get("number", ""))
    code = _clean(request.GET.get("code", ""))
    asked = {"number": number, "code": code}
    if not number and not code:
        return render(request, "training/verify.html", {"asked": asked})
    limit = Limit("verify", settings.MINGFA_VERIFY_PER_MINUTE)
    if not limit.allows(request.META.get("REMOTE_ADDR", ""), at=clock.now()):
        response = render(request, "training/verify.html", {"asked": asked, "is_throttled": True}, status=429)
        response["Retry-After"] = str(limit.seconds)
        return response
    found = certificates.verified(number, code)
    if found is None:
        # The same bytes whichever of the two is wrong: what was typed is not repeated.
        empty = {"number": "", "code": ""}
        return render(request, "training/verify.html", {"asked": empty, "is_missing": True}, status=404)
    context = {
        "asked": asked,
        "certificate": found,
        "masked_name": mask_name(found.facts["name"]),
        "state": found.state_on(clock.today()),
    }
    return render(request, "training/verify.html", context)


def _clean(text: str) -> str:
    """Return what was typed from paper: half-width, upper case, without spaces and hyphens."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).upper()
    return "".join(character for character in plain if character.isascii() and character.isalnum())
