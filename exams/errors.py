"""Refusals of examinations, named for what is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.errors import DomainError, NotPossibleNow


@dataclass(frozen=True)
class Shortfall:
    """A cell of the blueprint that the pool cannot fill.

    Attributes:
        question_type: label of the type, translated.
        knowledge_point: its name, or "" for any.
        wanted, available: numbers of questions; available ones are those that no earlier cell needs.
    """

    question_type: str
    knowledge_point: str
    wanted: int
    available: int

    def sentence(self) -> str:
        """Return the lack in words."""
        if self.knowledge_point:
            return _("%(type)s on “%(point)s”: %(wanted)d wanted, %(available)d approved in the banks.") % {
                "type": self.question_type,
                "point": self.knowledge_point,
                "wanted": self.wanted,
                "available": self.available,
            }
        return _("%(type)s: %(wanted)d wanted, %(available)d approved in the banks.") % {
            "type": self.question_type,
            "wanted": self.wanted,
            "available": self.available,
        }


class BlueprintNotMet(NotPossibleNow):
    """The banks lack questions for one or more cells; `shortfalls` names each."""

    code = "blueprint_not_met"

    def __init__(self, shortfalls: list[Shortfall]) -> None:
        self.shortfalls = shortfalls
        lines = " ".join(shortfall.sentence() for shortfall in shortfalls)
        super().__init__(_("No paper was drawn. %(lines)s") % {"lines": lines})


class EntryRefused(NotPossibleNow):
    """The candidate cannot begin now; the code says why."""


class RoomRefusal(DomainError):
    """The room's API refuses a call of a running page."""


class TokenInvalid(RoomRefusal):
    code = "token_invalid"
    status = 401


class Superseded(RoomRefusal):
    code = "superseded"


class ActiveElsewhere(RoomRefusal):
    code = "active_elsewhere"


class AttemptClosed(RoomRefusal):
    code = "closed"


class TooLate(RoomRefusal):
    code = "late"


class TooEarly(RoomRefusal):
    code = "too_early"


class TooMany(RoomRefusal):
    code = "too_many"


class UnknownItem(RoomRefusal):
    code = "unknown_item"
    status = 422
