"""Schemes: how a kind of exam is run."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from common import audit, clock
from common.errors import BadInput
from exams.models import Scheme, SchemePart
from personnel.models import Officer


@dataclass(frozen=True)
class Part:
    """So many items of a type at so many marks each."""

    question_type: str
    count: int
    marks_each: Decimal


def save(scheme: Scheme, parts: Iterable[Part], *, by: Officer) -> Scheme:
    """Write a new or changed scheme with its parts.

    Exams made earlier keep their blueprint, and sealed papers the rules they were sealed under; only what is looked
    up later (resits, certificate validity) follows the change.

    Raises:
        BadInput: no part, a part without items or marks, a type twice, or a pass mark above the full marks.
    """
    wanted = list(parts)
    _check(scheme, wanted)
    at = clock.now()
    is_new = scheme.pk is None
    with transaction.atomic():
        scheme.save()
        scheme.parts.all().delete()
        SchemePart.objects.bulk_create(
            SchemePart(
                scheme=scheme,
                question_type=part.question_type,
                count=part.count,
                marks_each=part.marks_each,
                order=order,
            )
            for order, part in enumerate(wanted)
        )
        audit.record(
            "exams.scheme_created" if is_new else "exams.scheme_changed",
            by=by,
            at=at,
            subject=f"scheme:{scheme.code}",
            detail={
                "pass_mark": str(scheme.pass_mark),
                "duration_minutes": scheme.duration_minutes,
                "items": sum(part.count for part in wanted),
                "marks": str(full_marks(wanted)),
            },
        )
    return scheme


def full_marks(parts: Iterable[Part]) -> Decimal:
    """Return what all items of the parts are worth."""
    return sum((part.count * part.marks_each for part in parts), Decimal(0))


def _check(scheme: Scheme, parts: list[Part]) -> None:
    if not parts:
        raise BadInput(_("Give at least one question type a number of items."))
    if any(part.count < 1 or part.marks_each <= 0 for part in parts):
        raise BadInput(_("Every part needs at least one item and more than zero marks."))
    if len({part.question_type for part in parts}) != len(parts):
        raise BadInput(_("A question type stands twice; join the parts into one."))
    total = full_marks(parts)
    if not scheme.pass_mark <= scheme.good_mark <= scheme.excellent_mark:
        raise BadInput(
            _("The mark for “good” must not be below the pass mark, nor “excellent” below “good”."),
            field="good_mark",
        )
    if scheme.excellent_mark > total:
        raise BadInput(
            _("All items together are worth %(total)s marks, so nobody could reach the marks given above.")
            % {"total": f"{total.normalize():f}"},
            field="excellent_mark",
        )
