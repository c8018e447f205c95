"""Roles: granted and revoked by the security administrator, never to oneself."""

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common import audit, clock
from common.errors import NotPermitted, NotPossibleNow
from personnel.domain.accounts import subject
from personnel.enums import ADMIN_ROLES, Role
from personnel.models import Officer, RoleGrant, Unit
from personnel.rules import has_role

# Wagtail gives rights to groups; `cms` gives this one the right to edit.
GROUPS = {Role.TRAINER: "Trainers"}


def grant(officer: Officer, role: Role, unit: Unit, *, reason: str = "", by: Officer | None) -> RoleGrant:
    """Give an officer a role over a unit and everything below it.

    Raises:
        NotPermitted: `by` is the officer herself or not security administrator over the unit.
        NotPossibleNow: she holds it already, or another of the three administrator roles.
    """
    _check_right(officer, unit, by)
    at = clock.now()
    with transaction.atomic():
        # The lock lets two administrators decide about one person one after the other.
        Officer.objects.select_for_update().get(pk=officer.pk)
        _check_free(officer, role, unit)
        try:
            with transaction.atomic():
                made = RoleGrant.objects.create(officer=officer, role=role, unit=unit, granted_at=at, granted_by=by)
        except IntegrityError:
            raise _separated() from None
        _match_group(officer, role)
        _record("personnel.role_granted", made, reason=reason, by=by)
    forget(officer)
    return made


def revoke(held: RoleGrant, *, reason: str = "", by: Officer) -> RoleGrant:
    """Take a role back. The grant stays on record.

    Raises:
        NotPermitted: `by` holds it herself or is not security administrator over its unit.
        NotPossibleNow: it was revoked before.
    """
    _check_right(held.officer, held.unit, by)
    at = clock.now()
    with transaction.atomic():
        locked = RoleGrant.objects.select_for_update(of=("self",)).select_related("officer", "unit").get(pk=held.pk)
        if locked.revoked_at is not None:
            raise NotPossibleNow(_("This role was taken back before."))
        locked.revoked_at, locked.revoked_by = at, by
        locked.save(update_fields=["revoked_at", "revoked_by"])
        _match_group(locked.officer, Role(locked.role))
        _record("personnel.role_revoked", locked, reason=reason, by=by)
    forget(held.officer)
    return locked


def forget(officer: Officer) -> None:
    """Drop the roles that this instance remembers, so that the next question reads them anew."""
    vars(officer).pop("_active_grants", None)


def _check_right(officer: Officer, unit: Unit, by: Officer | None) -> None:
    if by is None:
        return
    if by.pk == officer.pk:
        raise NotPermitted(
            _("Nobody changes their own roles. Ask another security administrator."),
            code="own_roles",
        )
    if not has_role(by, Role.SECURITY_ADMIN, unit=unit):
        raise NotPermitted(_("Only the security administrator of the unit may change roles."))


def _check_free(officer: Officer, role: Role, unit: Unit) -> None:
    held = RoleGrant.objects.filter(officer=officer, revoked_at__isnull=True)
    if held.filter(role=role, unit=unit).exists():
        raise NotPossibleNow(_("She or he holds this role over this unit already."))
    if role in ADMIN_ROLES and held.filter(role__in=ADMIN_ROLES).exists():
        raise _separated()


def _separated() -> NotPossibleNow:
    return NotPossibleNow(
        _(
            "System, security and audit administration are three persons' work, and one person "
            "holds one of them over one unit. Take the other administrator role back first."
        ),
        code="roles_separated",
    )


def _match_group(officer: Officer, role: Role) -> None:
    """Put the officer into the role's group, or out of it when no grant of the role is left."""
    if role not in GROUPS:
        return
    group, _made = Group.objects.get_or_create(name=GROUPS[role])
    if RoleGrant.objects.filter(officer=officer, role=role, revoked_at__isnull=True).exists():
        officer.groups.add(group)
    else:
        officer.groups.remove(group)


def _record(action: str, held: RoleGrant, *, reason: str, by: Officer | None) -> None:
    audit.record(
        action,
        by=by,
        at=held.revoked_at or held.granted_at,
        subject=subject(held.officer),
        detail={"role": held.role, "unit": held.unit.code},
        reason=reason,
    )
