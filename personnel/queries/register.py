"""The register of officers as its pages and exports read it: filtered, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Prefetch, Q, QuerySet

from personnel.models import Officer, Posting, Unit
from personnel.queries import officers
from personnel.rules import units_for

ACTIVE, CLOSED, NO_PASSWORD = "active", "closed", "no_password"


@dataclass(frozen=True)
class Filter:
    """What is asked of the register; empty means everything."""

    words: str = ""
    unit: str = ""
    tier: str = ""
    account: str = ""

    def plain(self) -> dict[str, str]:
        """Return it as a job keeps it."""
        return {"words": self.words, "unit": self.unit, "tier": self.tier, "account": self.account}

    @classmethod
    def from_plain(cls, plain: Mapping[str, str]) -> Self:
        """Return the filter that `plain` kept."""
        return cls(**{key: plain.get(key, "") for key in ("words", "unit", "tier", "account")})


def search(viewer: Officer, wanted: Filter) -> QuerySet[Officer]:
    """Return what the viewer may see of what she asks for, by service number."""
    found = officers.visible_to(viewer)
    for word in wanted.words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(pinyin__icontains=word.lower()) | Q(service_no__istartswith=word)
        )
    if wanted.unit:
        below = units_for(viewer, officers.SEEING_ROLES).filter(code=wanted.unit).first()
        path = below.path if below else "-"
        posts = Posting.objects.filter(unit__path__startswith=path, ends_on__isnull=True)
        found = found.filter(pk__in=posts.values("officer"))
    if wanted.tier:
        found = found.filter(tier=wanted.tier)
    return _by_account(found, wanted.account).order_by("service_no")


def with_posts(found: QuerySet[Officer]) -> QuerySet[Officer]:
    """Return the officers with `present_posts` (none or one) and their fields at hand."""
    posts = Posting.objects.filter(ends_on__isnull=True).select_related("unit")
    return found.prefetch_related(Prefetch("postings", queryset=posts, to_attr="present_posts"), "fields")


def seen_units(viewer: Officer) -> list[Unit]:
    """Return the units the viewer sees, as a tree in reading order, siblings by code."""
    return in_reading_order(list(units_for(viewer, officers.SEEING_ROLES)))


def in_reading_order(units: list[Unit]) -> list[Unit]:
    """Return units so that each stands before those below it, siblings sorted by code."""
    codes = {unit.path: unit.code for unit in units}
    step = Unit.steplen

    def key(unit: Unit) -> list[str]:
        ancestors = [unit.path[: end + step] for end in range(0, len(unit.path), step)]
        return [codes.get(path, path) for path in ancestors]

    return sorted(units, key=key)


def headcounts(units: list[Unit]) -> dict[int, int]:
    """Return unit id → officers posted there now, those below not counted."""
    rows = (
        Posting.objects.filter(unit__in=[unit.pk for unit in units], ends_on__isnull=True)
        .values_list("unit")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def without_password(found: QuerySet[Officer]) -> QuerySet[Officer]:
    """Return those with an open account who cannot log in, because they have no password."""
    return found.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


def _by_account(found: QuerySet[Officer], state: str) -> QuerySet[Officer]:
    if state == ACTIVE:
        return found.filter(is_active=True)
    if state == CLOSED:
        return found.filter(is_active=False)
    if state == NO_PASSWORD:
        return without_password(found)
    return found
