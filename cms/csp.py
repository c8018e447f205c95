"""What Wagtail's editor needs beyond the strict content security policy of our own pages."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

Answer = Callable[[HttpRequest], HttpResponseBase]


class EditorPolicyMiddleware:
    """Let the editor frame its previews and run the date pickers' inline scripts; nothing else.

    Stands behind `csp.middleware.CSPMiddleware`, which reads what is noted here. A preview shows a
    page of ours, so it keeps the strict policy and may only be framed by the editor.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
            if "/preview/" not in request.path:
                response._csp_update = {"script-src": [UNSAFE_INLINE]}  # type: ignore[attr-defined]
        return response
