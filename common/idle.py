"""How long a login may stay unused: work that goes on without loading pages says until when."""

from datetime import datetime
from typing import Protocol

BUSY_UNTIL = "busy_until"


class Session(Protocol):
    """What is needed of Django's session."""

    def get(self, key: str, default: int) -> int: ...
    def __setitem__(self, key: str, value: int) -> None: ...


def stay_until(session: Session, at: datetime) -> None:
    """Count the login as used until this instant, such as the end of an examination."""
    session[BUSY_UNTIL] = int(at.timestamp())


def last_use(session: Session, seen: int) -> int:
    """Return when the login was last in use, in seconds since 1970: by a visit or by such work."""
    return max(seen, session.get(BUSY_UNTIL, 0))
