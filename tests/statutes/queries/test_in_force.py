"""Which wording is the law on a day."""

from datetime import date

import pytest

from statutes.api import Wording
from statutes.models import Statute
from statutes.queries import in_force
from tests.factories.cms import StatuteFactory, StatuteVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def law() -> Statute:
    statute = StatuteFactory()
    StatuteVersionFactory(
        statute=statute,
        label="1996",
        in_force_from=date(1996, 10, 1),
        articles=(Wording("27", "第二十七条", "旧文"), Wording("old", "第三十条", "废条")),
    )
    StatuteVersionFactory(
        statute=statute,
        label="2021",
        in_force_from=date(2021, 7, 15),
        articles=(Wording("27", "第三十三条", "新文"),),
    )
    return statute


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1996, 9, 30), []),
        (date(1996, 10, 1), [("第二十七条", "旧文"), ("第三十条", "废条")]),
        (date(2021, 7, 14), [("第二十七条", "旧文"), ("第三十条", "废条")]),
        (date(2021, 7, 15), [("第三十三条", "新文")]),
    ],
)
def test_wording_changes_on_the_day_the_next_version_begins(
    law: Statute, day: date, expected: list[tuple[str, str]]
) -> None:
    found = in_force.article_versions(day)

    assert [(wording.number, wording.text) for wording in found] == expected


def test_article_keeps_its_identity_when_renumbered(law: Statute) -> None:
    article = law.articles.get(code=f"{law.code}-27")

    assert in_force.wordings([article], date(2020, 1, 1))[article.pk].number == "第二十七条"
    assert in_force.wordings([article], date(2022, 1, 1))[article.pk].number == "第三十三条"


def test_repealed_law_has_no_wording_from_that_day() -> None:
    version = StatuteVersionFactory(in_force_from=date(1998, 1, 1), repealed_on=date(2015, 1, 1))
    article = version.statute.articles.get()

    assert article.pk in in_force.wordings([article], date(2014, 12, 31))
    assert in_force.wordings([article], date(2015, 1, 1)) == {}


def test_article_left_out_of_the_new_version_is_no_longer_in_force(law: Statute) -> None:
    left_out = law.articles.get(code=f"{law.code}-old")

    assert in_force.wordings([left_out], date(2022, 1, 1)) == {}
