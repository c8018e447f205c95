"""Pictures of lessons. They are for officers, as the lessons are, so no web server hands them out."""

import mimetypes

from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

# Where Wagtail keeps pictures; documents go through Wagtail's own view, which asks for the login too.
FOLDERS = ("images/", "original_images/")


@require_safe
@login_required
def picture(request: HttpRequest, path: str) -> FileResponse:
    """Send one picture from the media storage."""
    if not path.startswith(FOLDERS) or "\0" in path:
        raise Http404
    try:
        opened = default_storage.open(path)
    except (OSError, SuspiciousFileOperation):
        raise Http404 from None
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(opened, content_type=kind)
    response["Cache-Control"] = "private, max-age=86400"
    return response
