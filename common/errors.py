"""Refusals that a user can read. Programming errors stay bare exceptions."""

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the field says no.

    Attributes:
        code: stable identifier for programs, such as ``attempt_closed``.
        message: a full sentence for people, translated, that says what to do next.
        field: the form field it belongs to, or None.
        status: HTTP status with which pages and the API answer.
    """

    code = "refused"
    status = 409

    def __init__(self, message: str | Promise, *, code: str = "", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        if code:
            self.code = code

    def __str__(self) -> str:
        return str(self.message)


class NotPermitted(DomainError):
    """The person may not do this, whatever the state of the thing."""

    code = "not_permitted"
    status = 403


class NotPossibleNow(DomainError):
    """The thing is not in a state in which anybody may do this."""

    code = "not_possible_now"


class BadInput(DomainError):
    """What was sent cannot be understood or breaks a rule of form."""

    code = "bad_input"
    status = 422
