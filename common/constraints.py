"""Database constraints by rule: the name says the rule, the message speaks to forms.

Names stay within 30 characters, because domestic databases truncate longer ones; a test measures
all of them.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.db.models import CheckConstraint, F, Q
from django.db.models.enums import Choices
from django.utils.translation import gettext_lazy as _


def valid_choice(field: str, choices: type[Choices], *, name: str, may_be_blank: bool = False) -> CheckConstraint:
    """The column holds one of the declared values (or nothing, where that is allowed), also after raw SQL."""
    values = [value for value in choices.values if value is not None]
    if may_be_blank:
        values.append("")
    return CheckConstraint(
        condition=Q(**{f"{field}__in": values}),
        name=name,
        violation_error_message=_("Choose one of the listed values."),
    )


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """Who and when (or any such pair) are set together or not at all."""
    return CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
        violation_error_message=_("These two are set together or not at all."),
    )


def set_exactly_in(
    field: str, states: Iterable[Enum | str], *, name: str, state_field: str = "state"
) -> CheckConstraint:
    """The column is set in these states and in no other, so state and time cannot disagree."""
    inside = Q(**{f"{state_field}__in": [getattr(state, "value", state) for state in states]})
    return CheckConstraint(
        condition=(inside & Q(**{f"{field}__isnull": False})) | (~inside & Q(**{f"{field}__isnull": True})),
        name=name,
        violation_error_message=_("The state and this date contradict each other."),
    )


def starts_before_ends(start: str, end: str, *, name: str) -> CheckConstraint:
    """The end, where there is one, lies after the start."""
    return CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": F(start)}),
        name=name,
        violation_error_message=_("The end must lie after the start."),
    )


def at_least(field: str, minimum: Any, *, name: str) -> CheckConstraint:
    """A number that has a floor."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": minimum}),
        name=name,
        violation_error_message=_("This number is too small."),
    )


def between(field: str, low: Any, high: Any, *, name: str) -> CheckConstraint:
    """A number that lies in a closed range."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}),
        name=name,
        violation_error_message=_("This number lies outside its range."),
    )
