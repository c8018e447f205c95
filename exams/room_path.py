"""The examination room's narrow path: its API calls skip every layer they do not need.

A save carries a signed attempt token instead of a session, renders no template and sets no cookie. This middleware
stands first and answers `/api/room/…` itself; only starting an attempt, which needs the login, goes the long way.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

ROOM_PREFIX = "/api/room/"
# Starting needs the officer's session and its CSRF check.
SESSION_PREFIX = "/api/room/candidacies/"


class RoomPathMiddleware:
    """Resolve and call the room's views directly."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(ROOM_PREFIX) or path.startswith(SESSION_PREFIX):
            return self.get_response(request)
        try:
            match = resolve(path)
        except Resolver404:
            # Nothing of the room: the page that says so comes the long way, with all its headers.
            return self.get_response(request)
        request.resolver_match = match
        # No LocaleMiddleware ran: refusals speak the page's language all the same.
        with translation.override(translation.get_language_from_request(request)):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        response["X-Content-Type-Options"] = "nosniff"
        # Only the paper says that it may be kept; answers may not.
        response.setdefault("Cache-Control", "no-store")
        # CommonMiddleware did not run; without a length the server would answer in chunks.
        response.setdefault("Content-Length", str(len(response.content)))
        return response
