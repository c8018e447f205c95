"""Public codes: what stands in addresses and on paper instead of database keys."""

import secrets

# Without 0 O 1 I L U: codes are read aloud and typed from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int = 8) -> str:
    """Return a random code of `length` characters; 8 of them give 39 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
