"""What Wagtail's editor needs beyond the strict content security policy of our own pages."""

from collections.abc import Callable

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

Answer = Callable[[HttpRequest], HttpResponseBase]


class EditorPolicyMiddleware:
    """Let the editor frame its previews and run its inline scripts and styles
    (date pickers, text editor).

    Stands behind `csp.middleware.CSPMiddleware`, which reads what is noted here. A preview shows a
    page of ours, so it keeps the strict policy and may only be framed by the editor.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            # A preview has gone through the middleware once already, as the page it shows.
            response.headers.pop(HEADER, None)
            response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
            if "/preview/" not in request.path:
                response._csp_update = {  # type: ignore[attr-defined]
                    "script-src": [UNSAFE_INLINE],
                    "style-src": [UNSAFE_INLINE],
                }
        return response
