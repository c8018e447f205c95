"""What the header offers, by role."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the header's entries for the person; empty before login."""
    return {"navigation": []}
