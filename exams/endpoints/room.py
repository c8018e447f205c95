"""The examination room's API, the platform's one hot path (see `exams.room_path`)."""

from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import HttpError, ValidationError as BodyError
from ninja.security import HttpBearer, django_auth

from common import clock
from common.errors import DomainError
from exams.domain import attempts, responses, room_tokens, timing
from exams.domain.room_tokens import RoomToken
from exams.endpoints.room_schemas import (
    AttemptOut,
    Refusal,
    SaveIn,
    SaveOut,
    StartIn,
    StartOut,
    SubmitIn,
    SubmitOut,
)
from exams.enums import EventKind
from exams.errors import TokenInvalid
from exams.models import Attempt, Paper
from exams.queries import candidacies

router = Router(tags=["room"])
REFUSALS = {401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal, 422: Refusal, 503: Refusal}


class AttemptToken(HttpBearer):
    """The signed token of a running page; the address must name the same attempt."""

    def authenticate(self, request: HttpRequest, token: str) -> RoomToken:
        """Return what the token says, or raise `TokenInvalid`."""
        match = request.resolver_match
        return room_tokens.read(token, code=str(match.kwargs["code"]) if match else "")

    def __call__(self, request: HttpRequest) -> Any:
        header = request.headers.get("Authorization", "")
        scheme, _space, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise TokenInvalid(_("This page is no longer valid. Open the exam again from your list of exams."))
        check_origin(request)
        return self.authenticate(request, token.strip())


def check_origin(request: HttpRequest) -> None:
    """Refuse a call that a page of another site makes (F17)."""
    origin = request.headers.get("Origin", "")
    if origin and origin.partition("://")[2] != request.get_host():
        raise DomainError(_("This call comes from another site."), code="foreign_origin")


def describe(attempt: Attempt) -> dict[str, Any]:
    """Return all a page needs to show or resume an attempt."""
    at = clock.now()
    return {
        "attempt": attempt.code,
        "paper": reverse("api:room_paper", args=[attempt.paper.digest]),
        "layout": attempt.frozen_layout.layout,
        "answers": responses.in_effect(attempt),
        "seq": attempt.last_seq,
        "remaining_ms": timing.remaining_ms(attempt.deadline_at, at=at),
        "submit_opens_in_ms": timing.remaining_ms(attempt.submit_opens_at, at=at),
        "state": attempt.state,
        "receipt": attempt.receipt,
    }


@router.post(
    "/candidacies/{code}/start",
    auth=django_auth,
    response={200: StartOut, **REFUSALS},
    url_name="room_start",
)
def start(request: HttpRequest, code: str, body: StartIn) -> dict[str, Any]:
    """Begin the attempt or come back to it. The login's session and its CSRF token are checked on the way here."""
    officer: Any = request.user
    candidacy = candidacies.of(officer).filter(code=code).first()
    if candidacy is None:
        raise Http404
    attempt = attempts.start(candidacy, by=officer, page=body.page, take_over=body.take_over)
    return {**describe(attempt), "token": room_tokens.issue(attempt)}


@router.get("/papers/{digest}", url_name="room_paper", include_in_schema=True)
def paper(request: HttpRequest, digest: str) -> HttpResponse:
    """The sealed paper without keys, once it is open, addressed by its digest; immutable, so any cache may keep it."""
    try:
        body = responses.opened_bytes(digest, at=clock.now())
    except Paper.DoesNotExist:
        raise Http404 from None
    response = HttpResponse(body, content_type="application/json")
    response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["ETag"] = f'"{digest}"'
    return response


@router.put(
    "/attempts/{code}/responses",
    auth=AttemptToken(),
    response={200: SaveOut, **REFUSALS},
    url_name="room_responses",
)
def save(request: HttpRequest, code: str, body: SaveIn) -> dict[str, Any]:  # noqa: ARG001  (the token is checked against it)
    """Store a batch of answers. A batch without answers and events is a sign of life."""
    at = clock.now()
    token: RoomToken = request.auth  # type: ignore[attr-defined]
    answers = [answer.model_dump() for answer in body.answers]
    responses.check_answers(token.code, answers)
    saved = attempts.save(
        token,
        seq=body.seq,
        answers=answers,
        events=[EventKind(event.kind) for event in body.events],
        at=at,
    )
    return {
        "seq": saved.seq,
        "receipt": saved.receipt,
        "remaining_ms": timing.remaining_ms(saved.attempt.deadline_at, at=at),
        "submit_opens_in_ms": timing.remaining_ms(saved.attempt.submit_opens_at, at=at),
        "state": saved.attempt.state,
    }


@router.get(
    "/attempts/{code}",
    auth=AttemptToken(),
    response={200: AttemptOut, **REFUSALS},
    url_name="room_attempt",
)
def resume(request: HttpRequest, code: str) -> dict[str, Any]:  # noqa: ARG001  (the token is checked against it)
    """Return the attempt as the server holds it."""
    token: RoomToken = request.auth  # type: ignore[attr-defined]
    running = Attempt.objects.select_related("paper", "frozen_layout").defer("paper__public")
    attempt = running.filter(pk=token.attempt_id).first()
    if attempt is None:
        raise Http404
    return describe(attempt)


@router.post(
    "/attempts/{code}/submit",
    auth=AttemptToken(),
    response={200: SubmitOut, **REFUSALS},
    url_name="room_submit",
)
def submit(request: HttpRequest, code: str, body: SubmitIn) -> dict[str, Any]:  # noqa: ARG001  (the token is checked against it)
    """Hand in. Doing it again gives the same receipt."""
    at = clock.now()
    token: RoomToken = request.auth  # type: ignore[attr-defined]
    answers = [answer.model_dump() for answer in body.answers]
    responses.check_answers(token.code, answers)
    attempt = attempts.submit(token, seq=body.seq, answers=answers, at=at)
    return {
        "receipt": attempt.receipt,
        "state": attempt.state,
        "closed_at": attempt.closed_at.isoformat() if attempt.closed_at else "",
    }


def refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer any refusal of the API as JSON."""
    if isinstance(error, DomainError):
        return _refusal(error.code, str(error.message), error.status)
    if isinstance(error, BodyError):
        return _refusal("bad_input", _("The request could not be understood."), 422)
    if isinstance(error, OperationalError):
        return _busy()
    if isinstance(error, HttpError) and error.status_code == 401:
        return _refusal("login_needed", _("Please log in again; nothing is lost."), 401)
    if isinstance(error, HttpError):
        return _refusal("not_permitted", _("This call was not made by the exam page."), error.status_code)
    return _refusal("not_found", _("There is nothing at this address."), 404)


def _busy() -> HttpResponse:
    """The database did not take the write in time: nothing is acknowledged, the page keeps it and tries again."""
    response = _refusal("busy", _("The server is busy. Your answers are kept here and sent again."), 503)
    response["Retry-After"] = "2"
    return response


def _refusal(code: str, message: str, status: int) -> HttpResponse:
    return JsonResponse({"code": code, "message": message}, status=status, json_dumps_params={"ensure_ascii": False})
