"""Refusals become answers: one place turns a `DomainError` into a page, a fragment or JSON."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
