"""The people of the tests: one city with its bureau and team, and an outsider in another city.

`people.learner` serves in `people.team`; every role below covers `people.city` unless it says
otherwise. The outsider holds many roles in another city and must see nothing of this one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from personnel.enums import Role
    from personnel.models import Officer, Unit

NAMES = {
    "learner": ("A1001", "李慧敏"),
    "colleague": ("A1002", "周明"),
    "unit_chief": ("C7001", "郑国强"),
    "trainer": ("T2001", "王建平"),
    "question_author": ("Q2101", "赵文"),
    "question_reviewer": ("Q2102", "钱思远"),
    "exam_officer": ("E3001", "孙丽"),
    "invigilator": ("I8001", "吴刚"),
    "hr": ("H4001", "陈静"),
    "auditor": ("U5001", "冯远"),
    "security_admin": ("S6001", "褚良"),
    "system_admin": ("S6002", "卫东"),
    "audit_admin": ("S6003", "蒋平"),
    "outsider": ("X9001", "沈浩"),
}


@dataclass(frozen=True)
class People:
    """Everybody, and the units they serve in."""

    city: "Unit"
    bureau: "Unit"
    team: "Unit"
    other_city: "Unit"
    learner: "Officer"
    colleague: "Officer"
    unit_chief: "Officer"
    trainer: "Officer"
    question_author: "Officer"
    question_reviewer: "Officer"
    exam_officer: "Officer"
    invigilator: "Officer"
    hr: "Officer"
    auditor: "Officer"
    security_admin: "Officer"
    system_admin: "Officer"
    audit_admin: "Officer"
    outsider: "Officer"

    def each(self) -> Iterator[tuple[str, "Officer"]]:
        """Return every person with the name of her or his part."""
        return ((part.name, getattr(self, part.name)) for part in fields(self) if part.name in NAMES)


def cast() -> People:
    """Write everybody into the database."""
    # Models may be imported only when the settings are ready, which is later than this module.
    from personnel.enums import Role, UnitKind  # noqa: PLC0415
    from tests.factories.personnel import OfficerFactory, UnitFactory  # noqa: PLC0415

    city = UnitFactory(code="SZ", name="苏南市", kind=UnitKind.CITY)
    bureau = UnitFactory(code="SZ-ST", name="苏南市生态环境局", parent=city)
    team = UnitFactory(code="SZ-ST-01", name="执法一大队", kind=UnitKind.TEAM, parent=bureau)
    other_city = UnitFactory(code="BH", name="滨海市", kind=UnitKind.CITY)

    def person(part: str, unit: "Unit", *roles: "Role", over: "Unit | None" = None) -> "Officer":
        service_no, name = NAMES[part]
        officer: Officer = OfficerFactory(
            service_no=service_no, name=name, unit=unit, roles=roles, role_unit=over or city
        )
        return officer

    return People(
        city=city,
        bureau=bureau,
        team=team,
        other_city=other_city,
        learner=person("learner", team),
        colleague=person("colleague", team),
        unit_chief=person("unit_chief", team, Role.UNIT_CHIEF, over=team),
        trainer=person("trainer", bureau, Role.TRAINER),
        question_author=person("question_author", bureau, Role.QUESTION_AUTHOR),
        question_reviewer=person("question_reviewer", bureau, Role.QUESTION_REVIEWER),
        exam_officer=person("exam_officer", city, Role.EXAM_OFFICER),
        invigilator=person("invigilator", city, Role.INVIGILATOR),
        hr=person("hr", city, Role.HR),
        auditor=person("auditor", city, Role.AUDITOR),
        security_admin=person("security_admin", city, Role.SECURITY_ADMIN),
        system_admin=person("system_admin", city, Role.SYSTEM_ADMIN),
        audit_admin=person("audit_admin", city, Role.AUDIT_ADMIN),
        outsider=person(
            "outsider",
            other_city,
            Role.UNIT_CHIEF, Role.TRAINER, Role.QUESTION_AUTHOR, Role.EXAM_OFFICER,
            Role.INVIGILATOR, Role.HR,
            over=other_city,
        ),
    )  # fmt: skip


def login(officer: "Officer") -> Client:
    """Return a client in which the officer is logged in."""
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def people(db: None) -> People:
    """Everybody, in the test's database."""
    return cast()
