"""Writing laws down."""

from datetime import date

import pytest

from common.errors import BadInput
from common.models import AuditEvent
from statutes import api
from statutes.models import ArticleVersion, Statute, StatuteVersion
from tests.factories.cms import StatuteFactory, StatuteVersionFactory

pytestmark = pytest.mark.django_db

WORDING = api.Wording("1", "第一条", "文")


def test_statute_is_audited() -> None:
    StatuteFactory(code="demo", title="示例法")

    event = AuditEvent.objects.latest("link")
    assert (event.action, event.subject) == ("statutes.statute_created", "statute:demo")


def test_second_statute_of_the_same_title_is_refused() -> None:
    StatuteFactory(title="示例法")

    with pytest.raises(BadInput) as refusal:
        StatuteFactory(title="示例法")

    assert refusal.value.code == "statute_exists"
    assert Statute.objects.count() == 1


@pytest.mark.parametrize(("articles", "code"), [((), "version_empty"), ((WORDING, WORDING), "article_twice")])
def test_unusable_version_leaves_nothing(articles: tuple[api.Wording, ...], code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        StatuteVersionFactory(articles=articles)

    assert refusal.value.code == code
    assert not StatuteVersion.objects.exists()
    assert not ArticleVersion.objects.exists()


def test_two_versions_do_not_begin_on_one_day() -> None:
    version = StatuteVersionFactory(in_force_from=date(2021, 7, 15))

    with pytest.raises(BadInput) as refusal:
        StatuteVersionFactory(statute=version.statute, in_force_from=date(2021, 7, 15))

    assert refusal.value.code == "version_exists"
