"""Pictures of lessons. They are for officers, as the lessons are, so no web server hands them out."""

import mimetypes
import posixpath

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
    # Asked for as it stands: `images/../documents/…` would lead out of the folders.
    if not path.startswith(FOLDERS) or posixpath.normpath(path) != path or "\0" in path:
        raise Http404
    try:
        opened = default_storage.open(path)
    except (OSError, SuspiciousFileOperation):
        raise Http404 from None
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(opened, content_type=kind)
    response["Cache-Control"] = "private, max-age=86400"
    return response
