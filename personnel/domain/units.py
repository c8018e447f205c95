"""Units: added to the tree, renamed."""

import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _

from common import audit, clock
from common.errors import BadInput, NotPermitted
from personnel.enums import Role, UnitKind
from personnel.models import Officer, Unit
from personnel.rules import has_role


def create(
    *,
    code: str,
    name: str,
    kind: UnitKind,
    parent: Unit | None = None,
    region: str = "",
    by: Officer | None,
) -> Unit:
    """Add a unit below another, or at the top; `by=None` is the platform while it is installed.

    Raises:
        BadInput: the code is taken or empty, or the name is missing.
        NotPermitted: `by` is not system administrator over the parent.
    """
    _check_right(by, parent)
    code, name = _clean(code), _clean(name)
    if not code or not name:
        raise BadInput(_("A unit needs a code and a name."), code="unit_incomplete")
    at = clock.now()
    with transaction.atomic():
        if Unit.objects.filter(code=code).exists():
            raise BadInput(
                _("A unit with the code %(code)s exists. Choose another code.") % {"code": code},
                code="unit_code_taken",
                field="code",
            )
        fields = {"code": code, "name": name, "kind": kind, "region": region}
        # Treebeard numbers children by what the instance knows; the row may know of more.
        above = Unit.objects.get(pk=parent.pk) if parent else None
        unit: Unit = above.add_child(**fields) if above else Unit.add_root(**fields)
        audit.record(
            "personnel.unit_created",
            by=by,
            at=at,
            subject=f"unit:{unit.code}",
            detail={"name": unit.name, "kind": unit.kind, "parent": parent.code if parent else ""},
        )
    return unit


def rename(unit: Unit, name: str, *, by: Officer | None) -> Unit:
    """Give a unit another name; records made before keep the name they were made with."""
    _check_right(by, unit)
    name = _clean(name)
    if not name:
        raise BadInput(_("A unit needs a code and a name."), code="unit_incomplete", field="name")
    with transaction.atomic():
        before, unit.name = unit.name, name
        unit.save(update_fields=["name"])
        audit.record(
            "personnel.unit_renamed",
            by=by,
            at=clock.now(),
            subject=f"unit:{unit.code}",
            detail={"from": before, "to": name},
        )
    return unit


def _check_right(by: Officer | None, unit: Unit | None) -> None:
    if by is not None and not has_role(by, Role.SYSTEM_ADMIN, unit=unit):
        raise NotPermitted(_("Only the system administrator of the unit above may change units."))


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
