"""A province at its size: some 300 units and 20,000 officers, written in bulk."""

from random import Random

from personnel.api import accounts, postings, units
from personnel.enums import Tier, UnitKind
from personnel.models import EnforcementField, Officer, Unit
from training.management.demo.logins import PROVINCE
from training.management.demo.people import POSTED_ON, TITLES, People, id_numbers, names

CITIES = 10
COUNTIES = 7
AGENCIES = (
    ("ecology", "生态环境执法大队"),
    ("market", "市场监管执法大队"),
    ("transport", "交通运输执法大队"),
    ("city", "城市管理执法大队"),
)
OFFICERS = 20_000
# One in so many of them sits the exam of the year.
SITTING_EVERY = 50
PREFIX = "P"
# As Django marks an account that cannot log in.
NO_LOGIN = "!"
PLACES = "东西南北中安宁平和清"
WATERS = ("河", "江", "湖", "泉", "溪", "浦", "港")


def seed(people: People, rng: Random) -> None:
    """Make cities with their counties and agencies below the province, and spread the officers."""
    agencies = [(agency, code) for city in range(CITIES) for agency, code in _city(people.units[PROVINCE], city)]
    fields = {row.code: row for row in EnforcementField.objects.all()}
    numbers, fresh = id_numbers(rng), names(rng)
    rows = []
    for place in range(OFFICERS):
        _agency, field = agencies[place % len(agencies)]
        rows.append(
            accounts.NewOfficer(
                f"{PREFIX}{place + 1:05d}",
                next(fresh),
                tier=rng.choice(list(Tier)),
                id_number=next(numbers),
                title=rng.choice(TITLES),
                fields=[fields[field]],
                password_hash=NO_LOGIN,
            )
        )
    made = accounts.create_many(rows, by=None)
    wanted = [
        postings.NewPosting(officer, agencies[place % len(agencies)][0], POSTED_ON)
        for place, officer in enumerate(made)
    ]
    postings.post_many(wanted, by=None, announce=False)


def candidates(rng: Random) -> dict[Officer, float]:
    """Return those of the bulk who sit, with how much they know; none in the small size."""
    rows = Officer.objects.filter(service_no__startswith=PREFIX).order_by("service_no")
    return {officer: rng.uniform(0.5, 0.95) for officer in rows[::SITTING_EVERY]}


def _city(province: Unit, number: int) -> list[tuple[Unit, str]]:
    place = PLACES[number]
    city = units.create(
        code=f"MF{number + 3:02d}",
        name=f"{place}州市行政执法局",
        kind=UnitKind.CITY,
        parent=province,
        region=f"{place}州市",
        by=None,
    )
    made = []
    for county in range(COUNTIES):
        name = f"{place}{WATERS[county]}县"
        office = units.create(
            code=f"{city.code}{county + 1:02d}",
            name=f"{name}综合行政执法局",
            kind=UnitKind.COUNTY,
            parent=city,
            region=name,
            by=None,
        )
        for position, (field, agency) in enumerate(AGENCIES[: 3 + county % 2]):
            team = units.create(
                code=f"{office.code}{position + 1:02d}",
                name=f"{name}{agency}",
                kind=UnitKind.TEAM,
                parent=office,
                region=name,
                by=None,
            )
            made.append((team, field))
    return made
