"""The one HTTP API. Pages and API share the same queries, rules and domain calls."""

from django.db import OperationalError
from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from common.errors import DomainError
from exams.endpoints.room import refuse, router as room

api = NinjaAPI(title="Mingfa", version="1", urls_namespace="api", docs_url=None, openapi_url=None)
api.add_router("/room/", room)
for refused in (DomainError, ValidationError, OperationalError, HttpError, Http404):
    api.add_exception_handler(refused, refuse)  # type: ignore[arg-type]  # it is handed instances only
