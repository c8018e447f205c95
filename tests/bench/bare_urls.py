"""One address: read a save's JSON, insert one row, answer JSON."""

import json

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

from tests.bench.models import BareRow


def insert(request: HttpRequest, code: str) -> JsonResponse:
    """Insert one row in one (autocommit) transaction."""
    body = json.loads(request.body)
    row = BareRow.objects.create(attempt=code, seq=body["seq"], answers=body["answers"], received_at=timezone.now())
    return JsonResponse({"seq": row.seq})


urlpatterns = [path("api/room/attempts/<str:code>/responses", insert)]
