"""Encryption of single fields, and blind indexes by which an encrypted value can still be looked
up.

AES-256-GCM with a random nonce; the key is derived from settings.MINGFA_FIELD_KEY. The blind index
is HMAC-SHA-256 under settings.MINGFA_INDEX_KEY: equal values give equal indexes, and nothing else
is learned.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

# Names the scheme in front of each value, so that another (SM4) can stand beside it later.
SCHEME = "a1:"
NONCE_BYTES = 12


class Undecipherable(Exception):
    """The stored value was not written under the present key, or was changed."""


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(settings.MINGFA_FIELD_KEY.encode()).digest())


def encrypt(plain: str, *, context: str) -> str:
    """Return the text encrypted; `context` (table and column) must be the same to read it."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher().encrypt(nonce, plain.encode(), context.encode())
    return SCHEME + base64.b64encode(nonce + sealed).decode("ascii")


def decrypt(stored: str, *, context: str) -> str:
    """Return the text that `encrypt` was given.

    Raises:
        Undecipherable: wrong key, wrong context, or a changed value.
    """
    if not stored.startswith(SCHEME):
        raise Undecipherable("unknown scheme")
    raw = base64.b64decode(stored.removeprefix(SCHEME))
    try:
        return _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()
    except InvalidTag as error:
        raise Undecipherable("the key does not fit or the value was changed") from error


def blind_index(value: str) -> str:
    """Return the 64-character index under which a value can be found without reading it."""
    return hmac.new(settings.MINGFA_INDEX_KEY.encode(), value.encode(), hashlib.sha256).hexdigest()
