"""What stands between a login and the pages: idle logins end, an initial password is changed first."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from common import clock, idle

SEEN = "seen_at"
# Seconds after which a visit is written down again; not every request needs a write.
SEEN_EVERY_SECONDS = 60

Answer = Callable[[HttpRequest], HttpResponse]


class IdleGate:
    """End a login that was not used for settings.MINGFA_IDLE_MINUTES."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "_auth_user_id" not in request.session:
            return self.get_response(request)
        now = int(clock.now().timestamp())
        seen = request.session.get(SEEN)
        if seen is not None and now - idle.last_use(request.session, seen) > settings.MINGFA_IDLE_MINUTES * 60:
            logout(request)
            messages.info(request, _("You were away for a while, so you were logged out. Log in to go on."))
            return to_login(request)
        if seen is None or now - seen >= SEEN_EVERY_SECONDS:
            request.session[SEEN] = now
        return self.get_response(request)


class InitialPasswordGate:
    """Lead somebody with an initial password to the page where it is changed, and nowhere else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or not request.user.must_change_password:
            return self.get_response(request)
        target = reverse("account:password")
        allowed = {target, reverse("account:logout"), reverse("set_language")}
        if request.path in allowed or request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        return lead_to(request, target)


def to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the login page and back to a page that was only looked at."""
    address = reverse("account:login")
    if request.method == "GET" and "HX-Request" not in request.headers:
        address += "?" + urlencode({"next": request.get_full_path()})
    return lead_to(request, address)


def lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect a page; tell htmx to load the whole address rather than swap it into a part."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
