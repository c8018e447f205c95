"""Marks are decimals with two places, rounded half up in this one place.

SQLite keeps decimals as floats, so whatever an aggregate returns passes through `as_score` too.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

STEP = Decimal("0.01")
ZERO = Decimal("0.00")


def as_score(value: Decimal | int | float | str | None) -> Decimal:
    """Return the value in marks, two places, half up; None counts as zero."""
    if value is None:
        return ZERO
    return Decimal(str(value)).quantize(STEP, rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """Return marks without needless zeros: 60, 1.5, 0.25."""
    text = f"{as_score(value):f}"
    return text.rstrip("0").rstrip(".")


class ScoreField(models.DecimalField):
    """Marks: up to 9999.99."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 6)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)
