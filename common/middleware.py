"""What holds for every answer: a `DomainError` becomes one, and what somebody sees logged in is
kept by no cache.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from common.errors import DomainError


class DomainErrorMiddleware:
    """Answer a `DomainError` that a view let through with its sentence and status.

    Views that can do better (a form that keeps what was typed) catch it themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        template = "common/refused_part.html" if getattr(request, "htmx", False) else "common/refused.html"
        return render(request, template, {"refusal": exception}, status=exception.status)


class PrivateAnswerMiddleware:
    """Forbid every cache, the browser's too, to keep what somebody is shown after logging in.

    Desks are shared: after the logout, going back must not show results and names. An answer that
    says itself how it may be kept stays as it is. Stands behind authentication.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
