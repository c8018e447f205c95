"""Writing laws down: a statute, and its text as promulgated at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common import audit, clock
from common.errors import BadInput
from statutes.enums import Rank
from statutes.models import Article, ArticleVersion, Statute, StatuteVersion


@dataclass(frozen=True)
class Wording:
    """The text of one article in a version.

    Attributes:
        article: identity across versions, unique within the statute, such as ``42``.
        number: as printed, such as ``第四十二条``.
        text: paragraphs are separated by line breaks.
    """

    article: str
    number: str
    text: str


def create_statute(
    *,
    code: str,
    title: str,
    short_title: str = "",
    rank: Rank = Rank.LAW,
    issuer: str = "",
    by: audit.Actor | None,
) -> Statute:
    """Enter a law into the law base, without any text yet.

    Raises:
        BadInput: the code or the title is taken.
    """
    at = clock.now()
    statute = Statute(code=code, title=title, short_title=short_title, rank=rank, issuer=issuer)
    try:
        with transaction.atomic():
            statute.save()
            audit.record(
                "statutes.statute_created",
                by=by,
                at=at,
                subject=f"statute:{code}",
                detail={"title": title},
            )
    except IntegrityError:
        raise BadInput(
            _("The law base already holds “%(title)s” or a law with the code %(code)s.")
            % {"title": title, "code": code},
            code="statute_exists",
        ) from None
    return statute


def create_version(
    statute: Statute,
    *,
    label: str,
    in_force_from: date,
    articles: Sequence[Wording],
    promulgated_on: date | None = None,
    repealed_on: date | None = None,
    by: audit.Actor | None,
) -> StatuteVersion:
    """Enter the text of a law as it is in force from a day; an earlier version ends on that day.

    Articles keep their identity by `Wording.article`, whatever their number is in this version.

    Raises:
        BadInput: no article, an article given twice, or another version begins on the same day.
    """
    at = clock.now()
    _check(statute, in_force_from, articles)
    with transaction.atomic():
        version = StatuteVersion.objects.create(
            statute=statute,
            label=label,
            promulgated_on=promulgated_on,
            in_force_from=in_force_from,
            repealed_on=repealed_on,
        )
        ArticleVersion.objects.bulk_create(_rows(statute, version, articles), batch_size=200)
        audit.record(
            "statutes.version_created",
            by=by,
            at=at,
            subject=f"statute:{statute.code}",
            detail={
                "label": label,
                "from": in_force_from.isoformat(),
                "articles": len(articles),
            },
        )
    return version


def _check(statute: Statute, in_force_from: date, articles: Sequence[Wording]) -> None:
    if not articles:
        raise BadInput(_("This version holds no article. Enter at least one."), code="version_empty")
    seen: set[str] = set()
    for wording in articles:
        if wording.article in seen:
            raise BadInput(
                _("%(number)s stands twice in this version. Remove one of the two.") % {"number": wording.number},
                code="article_twice",
            )
        seen.add(wording.article)
    if statute.versions.filter(in_force_from=in_force_from).exists():
        raise BadInput(
            _("Another version of “%(title)s” already begins on %(day)s.")
            % {"title": statute.title, "day": in_force_from.isoformat()},
            code="version_exists",
        )


def _rows(statute: Statute, version: StatuteVersion, articles: Sequence[Wording]) -> list[ArticleVersion]:
    known = {article.code: article for article in statute.articles.all()}
    rows = []
    for order, wording in enumerate(articles, start=1):
        code = f"{statute.code}-{wording.article}"
        if code not in known:
            known[code] = Article.objects.create(statute=statute, code=code)
        rows.append(
            ArticleVersion(
                article=known[code],
                statute_version=version,
                number=wording.number,
                order=order,
                text=wording.text,
            )
        )
    return rows
