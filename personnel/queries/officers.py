"""Officers as others need to read them."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from common import clock
from personnel.enums import Role
from personnel.models import Officer, Posting, Unit
from personnel.rules import units_for

# Roles whose holders see the officers of their subtree.
SEEING_ROLES = (
    Role.UNIT_CHIEF,
    Role.HR,
    Role.EXAM_OFFICER,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
)


def visible_to(officer: Officer) -> QuerySet[Officer]:
    """Return the officers this person may see: herself, and by role those of her subtree.

    Whoever left and is posted nowhere stays visible where she served.
    """
    return Officer.objects.filter(Q(pk=officer.pk) | Q(pk__in=_serving(units_for(officer, SEEING_ROLES))))


def manageable_by(officer: Officer, *roles: Role) -> QuerySet[Officer]:
    """Return the officers over whose unit this person holds one of the roles."""
    return Officer.objects.filter(pk__in=_serving(units_for(officer, roles)))


def _serving(units: QuerySet[Unit]) -> QuerySet[Posting, Any]:
    open_elsewhere = Posting.objects.filter(officer=OuterRef("officer"), ends_on__isnull=True)
    posts = Posting.objects.filter(unit__in=units.values("pk"))
    return posts.filter(Q(ends_on__isnull=True) | ~Exists(open_elsewhere)).values("officer")


def postings_on(day: date) -> QuerySet[Posting]:
    """Return the postings that hold on a day."""
    return Posting.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


def in_subtree(unit: Unit, *, day: date | None = None) -> QuerySet[Officer]:
    """Return the active officers posted in a unit or below it, today or on a day."""
    posted = postings_on(day or clock.today()).filter(unit__path__startswith=unit.path)
    return Officer.objects.filter(pk__in=posted.values("officer"), is_active=True)


def unit_of(officer: Officer, *, day: date | None = None) -> Unit | None:
    """Return the unit the officer serves in, today or on a day; None when posted nowhere."""
    posting = postings_on(day or clock.today()).filter(officer=officer).select_related("unit").first()
    return posting.unit if posting else None


def present_unit(officer: Officer) -> Unit | None:
    """Return the unit of the officer's open posting, even one that begins in the future."""
    posting = Posting.objects.filter(officer=officer, ends_on__isnull=True).select_related("unit").first()
    return posting.unit if posting else None
