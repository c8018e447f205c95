"""What a password must be, and drawing one for somebody who has none."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from personnel.models import Officer

# Initial passwords avoid look-alikes, because they are copied from paper.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12


def weaknesses(password: str, officer: Officer) -> list[str]:
    """Return what the rules have against this password for this officer, in sentences; empty when nothing."""
    try:
        validate_password(password, officer)
    except ValidationError as error:
        return [str(message) for message in error.messages]
    return []


def draw(officer: Officer) -> str:
    """Return a random password that the rules accept for this officer.

    Once in a few hundred draws chance resembles the officer's own name; such a draw is made again.
    """
    while True:
        password = "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))
        if not weaknesses(password, officer):
            return password
