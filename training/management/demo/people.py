"""The made-up province of Mingfa: units, and some forty officers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from stdnum.cn import ric

from personnel.api import accounts, postings, roles, units
from personnel.enums import Tier, UnitKind
from personnel.models import EnforcementField, Officer, Unit
from training.management.demo.logins import CITY, LOGINS, OTHER_CITY, PASSWORD, PROVINCE

# code, name, kind, parent, region, field of its officers
UNITS = (
    (PROVINCE, "明法省行政执法局", UnitKind.PROVINCE, "", "明法省", "public_law"),
    (CITY, "云川市行政执法局", UnitKind.CITY, PROVINCE, "云川市", "public_law"),
    ("MF0101", "云川市生态环境执法支队", UnitKind.AGENCY, CITY, "云川市", "ecology"),
    ("MF0102", "云川市市场监管执法支队", UnitKind.AGENCY, CITY, "云川市", "market"),
    ("MF0103", "青禾县综合行政执法局", UnitKind.COUNTY, CITY, "青禾县", "city"),
    ("MF010301", "青禾县城区执法大队", UnitKind.TEAM, "MF0103", "青禾县", "city"),
    (OTHER_CITY, "临湖市行政执法局", UnitKind.CITY, PROVINCE, "临湖市", "public_law"),
    ("MF0201", "临湖市交通运输执法支队", UnitKind.AGENCY, OTHER_CITY, "临湖市", "transport"),
    ("MF0202", "石泉县农业综合执法大队", UnitKind.COUNTY, OTHER_CITY, "石泉县", "agriculture"),
)
# unit, how many officers beside the logins
STRENGTH = (
    ("MF0101", 7), ("MF0102", 7), ("MF0103", 3), ("MF010301", 5), ("MF0201", 6), ("MF0202", 4),
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄吴徐孙胡朱高林何郭马罗梁宋"
GIVEN = (
    "建国", "晓燕", "志强", "雪梅", "海涛", "静怡", "文斌", "丽娟", "振华", "佳宁",
    "国栋", "思琪", "立新", "春兰", "俊杰", "玉洁", "永刚", "婷婷", "明远", "红霞",
)  # fmt: skip
TITLES = ("四级行政执法员", "三级行政执法员", "二级行政执法员", "一级行政执法员")
POSTED_ON = date(2019, 7, 1)


@dataclass
class People:
    """Everybody by service number, and the units by code."""

    units: dict[str, Unit] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)

    def __getitem__(self, service_no: str) -> Officer:
        return self.officers[service_no]

    def of_unit(self, code: str) -> list[Officer]:
        """Return the plain officers (without a login of their own) of a unit, by service number."""
        return [row for number, row in sorted(self.officers.items()) if number.startswith(f"D{code}")]

    @property
    def plain(self) -> list[Officer]:
        """Return every officer without a login of their own, by unit."""
        return [officer for code, _count in STRENGTH for officer in self.of_unit(code)]


def seed(rng: Random) -> People:
    """Make units, the logins with their roles, and the officers of every unit."""
    people = People()
    for code, name, kind, parent, region, _field in UNITS:
        above = people.units.get(parent)
        people.units[code] = units.create(code=code, name=name, kind=kind, parent=above, region=region, by=None)
    numbers = id_numbers(rng)
    password = accounts.hashed(PASSWORD)
    made = accounts.create_many(_logins(numbers, password) + _plain(rng, numbers), by=None)
    people.officers = {officer.service_no: officer for officer in made}
    _post(people)
    for login in LOGINS:
        for role in login.roles:
            roles.grant(people[login.service_no], role, people.units[login.over], by=None)
    return people


def id_numbers(rng: Random) -> Iterator[str]:
    """Yield ID numbers that are well-formed and nobody's: no county has the code 9999, and the
    check character is right.
    """
    used: set[str] = set()
    while True:
        born = f"{rng.randint(1968, 1999)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        body = f"119999{born}{rng.randint(1, 999):03d}"
        number = body + ric.calc_check_digit(body + "0")
        if number not in used:
            used.add(number)
            yield number


def names(rng: Random) -> Iterator[str]:
    """Yield names, each once as long as they last."""
    every = [surname + given for surname in SURNAMES for given in GIVEN]
    rng.shuffle(every)
    while True:
        yield from every


def _logins(numbers: Iterator[str], password: str) -> list[accounts.NewOfficer]:
    fields = _fields()
    return [
        accounts.NewOfficer(
            login.service_no,
            login.name,
            tier=login.tier,
            id_number=next(numbers),
            title=login.title,
            fields=[fields[login.unit]] if login.is_enforcement else [],
            password_hash=password,
        )
        for login in LOGINS
    ]


def _plain(rng: Random, numbers: Iterator[str]) -> list[accounts.NewOfficer]:
    fields = _fields()
    taken = {login.name for login in LOGINS}
    fresh = (name for name in names(rng) if name not in taken)
    return [
        accounts.NewOfficer(
            f"D{code}-{place:02d}",
            next(fresh),
            tier=Tier.NEW_ENTRANT if place > strength - 1 else Tier.IN_POST,
            id_number=next(numbers),
            title=rng.choice(TITLES),
            fields=[fields[code]],
        )
        for code, strength in STRENGTH
        for place in range(1, strength + 1)
    ]


def _fields() -> dict[str, EnforcementField]:
    """Return unit code → enforcement field."""
    known = {row.code: row for row in EnforcementField.objects.all()}
    return {code: known[field_code] for code, *_rest, field_code in UNITS}


def _post(people: People) -> None:
    desks = {login.service_no: (login.unit, login.is_enforcement) for login in LOGINS}
    rows = []
    for number, officer in people.officers.items():
        code, is_enforcement = desks.get(number) or (number[1:].split("-")[0], True)
        rows.append(postings.NewPosting(officer, people.units[code], POSTED_ON, is_enforcement))
    postings.post_many(rows, by=None, announce=False)
