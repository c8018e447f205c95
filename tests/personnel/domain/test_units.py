"""Units in their tree."""

import pytest

from common.errors import BadInput, NotPermitted
from common.models import AuditEvent
from personnel.api import units
from personnel.enums import Role, UnitKind
from personnel.models import Unit
from personnel.queries import register
from personnel.rules import has_role
from tests.factories.personnel import UnitFactory
from tests.personas import People

pytestmark = pytest.mark.django_db


def test_a_unit_is_added_below_another_and_written_down(people: People) -> None:
    made = units.create(
        code="SZ-JT", name="市交通局", kind=UnitKind.AGENCY, parent=people.city, by=people.system_admin
    )
    assert made.get_parent() == people.city
    assert AuditEvent.objects.get(subject="unit:SZ-JT").detail["parent"] == "SZ"


def test_units_are_changed_by_the_system_administrator_above_alone(people: People) -> None:
    for by in (people.hr, people.security_admin, people.outsider):
        with pytest.raises(NotPermitted):
            units.create(code="X", name="某局", kind=UnitKind.AGENCY, parent=people.city, by=by)
        with pytest.raises(NotPermitted):
            units.rename(people.city, "别名", by=by)
    with pytest.raises(NotPermitted):
        units.create(code="X", name="某局", kind=UnitKind.AGENCY, parent=people.other_city, by=people.system_admin)


def test_a_code_is_used_once(people: People) -> None:
    with pytest.raises(BadInput, match="SZ-ST"):
        units.create(code="SZ-ST", name="某局", kind=UnitKind.AGENCY, parent=people.city, by=people.system_admin)


def test_adding_units_moves_no_other_so_roles_keep_their_reach(people: People) -> None:
    before = dict(Unit.objects.values_list("code", "path"))
    UnitFactory(code="AA")
    UnitFactory(code="SZ-AA", parent=people.city)
    after = dict(Unit.objects.filter(code__in=before).values_list("code", "path"))
    assert after == before
    assert has_role(people.hr, Role.HR, unit=people.team)


def test_pages_read_siblings_by_code_whenever_they_were_added(people: People) -> None:
    UnitFactory(code="SZ-AA", parent=people.city)
    seen = register.seen_units(people.hr)
    assert [unit.code for unit in seen] == ["SZ", "SZ-AA", "SZ-ST", "SZ-ST-01"]
