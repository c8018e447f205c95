"""What papers may be drawn from: the current versions of approved questions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from question_banks.enums import QuestionState
from question_banks.models import KnowledgePoint, QuestionVersion


@dataclass(frozen=True)
class Stock:
    """How many questions of a type on a knowledge point (None: without one) can be drawn."""

    question_type: str
    knowledge_point_id: int | None
    count: int


def pool(bank_ids: Iterable[int]) -> QuerySet[QuestionVersion]:
    """Return the current versions of the approved questions of these banks, in a stable order."""
    return QuestionVersion.objects.filter(
        current_of__bank__in=list(bank_ids), current_of__state=QuestionState.APPROVED
    ).order_by("pk")


def stock(bank_ids: Iterable[int]) -> list[Stock]:
    """Return the counts by type and knowledge point, in one query."""
    rows = (
        pool(bank_ids)
        .order_by()
        .values_list("current_of__question_type", "knowledge_point_id")
        .annotate(count=Count("pk"))
    )
    return [Stock(question_type, point, count) for question_type, point, count in rows]


def within(point: KnowledgePoint) -> QuerySet[KnowledgePoint]:
    """Return a knowledge point and everything below it: a cell for a branch may draw from all of it."""
    return KnowledgePoint.objects.filter(path__startswith=point.path)
