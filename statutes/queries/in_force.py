"""Which text was the law on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from statutes.models import Article, ArticleVersion, StatuteVersion


def statute_versions(day: date) -> QuerySet[StatuteVersion]:
    """Return, for every statute, the version in force on the day; repealed statutes have none."""
    newest = (
        StatuteVersion.objects.filter(statute=OuterRef("statute"), in_force_from__lte=day)
        .order_by("-in_force_from")
        .values("pk")[:1]
    )
    return StatuteVersion.objects.filter(Q(repealed_on__isnull=True) | Q(repealed_on__gt=day), pk=Subquery(newest))


def article_versions(day: date) -> QuerySet[ArticleVersion]:
    """Return the wording of every article that was in force on the day, in reading order."""
    return (
        ArticleVersion.objects.filter(statute_version__in=statute_versions(day))
        .select_related("statute_version__statute", "article")
        .order_by("statute_version", "order")
    )


def wordings(articles: Iterable[Article], day: date) -> dict[int, ArticleVersion]:
    """Return article id → wording in force on the day; articles without one are left out."""
    found = article_versions(day).filter(article__in=list(articles))
    return {wording.article_id: wording for wording in found}
