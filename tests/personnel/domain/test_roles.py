"""Roles and the separation of powers."""

from itertools import permutations

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from common import clock
from common.errors import NotPermitted, NotPossibleNow
from common.models import AuditEvent
from personnel.api import roles
from personnel.enums import ADMIN_ROLES, Role
from personnel.models import RoleGrant
from personnel.rules import has_role
from tests.factories.personnel import OfficerFactory
from tests.personas import People

pytestmark = pytest.mark.django_db


def test_a_role_over_a_unit_holds_below_it_until_taken_back(people: People) -> None:
    held = roles.grant(people.learner, Role.HR, people.bureau, reason="任命", by=people.security_admin)
    assert has_role(people.learner, Role.HR, unit=people.team)
    assert not has_role(people.learner, Role.HR, unit=people.city)
    roles.revoke(held, reason="轮岗", by=people.security_admin)
    roles.forget(people.learner)
    assert not has_role(people.learner, Role.HR)
    entries = AuditEvent.objects.filter(subject="officer:A1001", actor_code="S6001").order_by("link")
    assert list(entries.values_list("action", "reason")) == [
        ("personnel.role_granted", "任命"),
        ("personnel.role_revoked", "轮岗"),
    ]


@pytest.mark.fault("F37")
def test_f37_nobody_changes_their_own_roles(people: People) -> None:
    with pytest.raises(NotPermitted) as refusal:
        roles.grant(people.security_admin, Role.HR, people.city, by=people.security_admin)
    assert refusal.value.code == "own_roles"
    own = people.security_admin.role_grants.get()
    with pytest.raises(NotPermitted):
        roles.revoke(own, by=people.security_admin)


@pytest.mark.fault("F37")
def test_f37_only_the_security_administrator_of_the_unit_grants(people: People) -> None:
    for _part, by in people.each():
        if by in (people.security_admin, people.learner):
            continue
        with pytest.raises(NotPermitted):
            roles.grant(people.learner, Role.HR, people.team, by=by)
    with pytest.raises(NotPermitted):
        roles.grant(people.outsider, Role.HR, people.other_city, by=people.security_admin)


@pytest.mark.parametrize(("first", "second"), list(permutations(ADMIN_ROLES, 2)))
def test_the_three_administrators_are_three_persons(people: People, first: Role, second: Role) -> None:
    officer = OfficerFactory(unit=people.bureau, roles=[first])
    with pytest.raises(NotPossibleNow) as refusal:
        roles.grant(officer, second, people.bureau, by=people.security_admin)
    assert refusal.value.code == "roles_separated"


def test_the_database_holds_the_separation_too(people: People) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            officer=people.security_admin, role=Role.AUDIT_ADMIN, unit=people.team, granted_at=clock.now()
        )


def test_a_role_is_granted_once_and_taken_back_once(people: People) -> None:
    held = people.hr.role_grants.get()
    with pytest.raises(NotPossibleNow):
        roles.grant(people.hr, Role.HR, people.city, by=people.security_admin)
    roles.revoke(held, by=people.security_admin)
    with pytest.raises(NotPossibleNow):
        roles.revoke(held, by=people.security_admin)


def test_trainers_may_edit_as_long_as_they_are_trainers_anywhere(people: People) -> None:
    trainers = Group.objects.get(name="Trainers")
    first = people.trainer.role_grants.get()
    second = roles.grant(people.trainer, Role.TRAINER, people.team, by=people.security_admin)
    roles.revoke(first, by=people.security_admin)
    assert trainers in people.trainer.groups.all()
    roles.revoke(second, by=people.security_admin)
    assert trainers not in people.trainer.groups.all()
