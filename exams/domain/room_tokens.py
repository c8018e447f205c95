"""Signed attempt tokens: what a running page shows instead of a session.

`code.attempt.lease.signature`; the signature is an HMAC under the secret key. A token names a lease, so a take-over
makes older tokens worthless without any list of them.
"""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from exams.errors import TokenInvalid
from exams.models import Attempt

SALT = b"mingfa.room.token.1:"


@dataclass(frozen=True)
class RoomToken:
    """What a valid token says."""

    code: str
    attempt_id: int
    lease: int


def _signature(body: str) -> str:
    key = hashlib.sha256(SALT + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()[:40]


def issue(attempt: Attempt) -> str:
    """Return the token of the attempt's present lease."""
    body = f"{attempt.code}.{attempt.pk}.{attempt.lease}"
    return f"{body}.{_signature(body)}"


def read(token: str, *, code: str) -> RoomToken:
    """Return what the token says.

    Raises:
        TokenInvalid: not ours, changed, or of another attempt than `code`.
    """
    body, _dot, signature = token.rpartition(".")
    parts = body.split(".")
    if len(parts) != 3 or not hmac.compare_digest(signature.encode(), _signature(body).encode()):
        raise TokenInvalid(_("This page is no longer valid. Open the exam again from your list of exams."))
    if parts[0] != code:
        raise TokenInvalid(_("This page belongs to another attempt. Open the exam again from your list of exams."))
    return RoomToken(parts[0], int(parts[1]), int(parts[2]))
