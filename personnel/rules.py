"""Who somebody is to a unit: predicates over roles and subtrees."""

from collections.abc import Iterable

from django.db.models import QuerySet

from personnel.enums import Role
from personnel.models import Officer, RoleGrant, Unit


def active_grants(officer: Officer) -> list[RoleGrant]:
    """Return the officer's grants that hold now, read once per request and instance."""
    cached: list[RoleGrant] | None = getattr(officer, "_active_grants", None)
    if cached is None:
        cached = list(officer.role_grants.filter(revoked_at__isnull=True).select_related("unit"))
        officer._active_grants = cached  # type: ignore[attr-defined]
    return cached


def has_role(officer: Officer, *roles: Role, unit: Unit | None = None) -> bool:
    """Return whether the officer holds one of the roles: anywhere, or over the given unit."""
    return any(
        grant.role in roles and (unit is None or unit.path.startswith(grant.unit.path))
        for grant in active_grants(officer)
    )


def units_for(officer: Officer, roles: Iterable[Role]) -> QuerySet[Unit]:
    """Return every unit over which the officer holds one of the roles."""
    wanted = set(roles)
    paths = {grant.unit.path for grant in active_grants(officer) if grant.role in wanted}
    units = Unit.objects.none()
    for path in paths:
        units = units | Unit.objects.filter(path__startswith=path)
    return units
