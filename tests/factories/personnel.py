"""Units and officers that are dull and valid, made through the domain."""

from datetime import date
from typing import Any

import factory
from stdnum.cn import ric

from personnel.api import accounts, postings, roles, units
from personnel.enums import EmploymentKind, Role, Tier, UnitKind
from personnel.models import Officer, Unit

PASSWORD = "river-stone-lantern-42"
# A day before every test's clock on which people took up their posts.
POSTED_ON = date(2020, 1, 6)


def id_number(number: int) -> str:
    """Return a made-up ID number with a right check character; another one for another number."""
    body = f"1101011990{1 + number // 27972 % 12:02d}{1 + number // 999 % 28:02d}{number % 999:03d}"
    return body + ric.calc_check_digit(body + "0")


class UnitFactory(factory.Factory[Unit]):
    """An agency at the top of the tree; `parent=` places it below another unit."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"U{n:05d}")
    name = factory.Sequence(lambda n: f"第{n}执法大队")
    kind = UnitKind.AGENCY

    @classmethod
    def _create(cls, model_class: type[Unit], *args: Any, **kwargs: Any) -> Unit:
        return units.create(**kwargs, by=kwargs.pop("by", None))


class OfficerFactory(factory.Factory[Officer]):
    """An officer who can log in with `PASSWORD`.

    `unit=` posts her there, on an enforcement post unless `is_enforcement=False`; `roles=` grants
    roles over `role_unit` (her unit unless told).
    """

    class Meta:
        model = Officer

    service_no = factory.Sequence(lambda n: f"N{n:05d}")
    name = factory.Sequence(lambda n: "王李张刘陈"[n % 5] + "伟芳娜敏静磊洋勇艳杰"[n // 5 % 10])
    password = PASSWORD
    id_number = factory.Sequence(id_number)
    tier = Tier.IN_POST
    employment = EmploymentKind.ESTABLISHED
    fields: tuple[Any, ...] = ()

    @classmethod
    def _create(cls, model_class: type[Officer], *args: Any, **kwargs: Any) -> Officer:
        unit: Unit | None = kwargs.pop("unit", None)
        granted: tuple[Role, ...] = tuple(kwargs.pop("roles", ()))
        role_unit: Unit | None = kwargs.pop("role_unit", unit)
        starts_on = kwargs.pop("starts_on", POSTED_ON)
        is_enforcement = kwargs.pop("is_enforcement", True)
        officer = accounts.create_officer(**kwargs, by=None)
        if unit is not None:
            postings.post(officer, unit, starts_on=starts_on, is_enforcement=is_enforcement, by=None)
        for role in granted:
            assert role_unit is not None, "a role needs a unit"
            roles.grant(officer, role, role_unit, by=None)
        return officer


class RoleGrantFactory(factory.Factory):
    """A role of an officer over a unit."""

    class Meta:
        model = dict

    role = Role.LEARNER
    unit = factory.SubFactory(UnitFactory)
    officer = factory.SubFactory(OfficerFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return roles.grant(kwargs["officer"], kwargs["role"], kwargs["unit"], by=None)


class PostingFactory(factory.Factory):
    """An officer's present post."""

    class Meta:
        model = dict

    unit = factory.SubFactory(UnitFactory)
    officer = factory.SubFactory(OfficerFactory)
    starts_on = POSTED_ON
    is_enforcement = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return postings.post(kwargs.pop("officer"), kwargs.pop("unit"), **kwargs, by=None)
