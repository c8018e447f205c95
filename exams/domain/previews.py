"""Looking at a paper before it is sat. Every look is noted: whoever has seen a paper can be asked about it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from common import audit, clock
from common.errors import NotPossibleNow
from exams.domain.papers import option_order
from exams.models import Paper
from personnel.models import Officer
from question_banks.enums import QuestionType
from question_banks.models import QuestionVersion

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class PreviewOption:
    """An option as this paper numbers it; `is_right` is None while keys are not shown."""

    letter: str
    text: str
    is_right: bool | None


@dataclass(frozen=True)
class PreviewItem:
    """An item of the paper as the exam officer reads it."""

    position: int
    question_type: QuestionType
    marks: Decimal
    stem: str
    options: list[PreviewOption]
    knowledge_point: str
    question_code: str


def look(paper: Paper, *, with_key: bool, by: Officer) -> list[PreviewItem]:
    """Return the paper's items in order and note the look in the audit log.

    Raises:
        NotPossibleNow: the key was asked for and the paper is sealed: from then on nobody needs it.
    """
    if with_key and paper.sealed_at is not None:
        raise NotPossibleNow(_("This paper is sealed. Its key is not shown any more, to exam officers neither."))
    at = clock.now()
    with transaction.atomic():
        items = list(paper.items.select_related("version__question", "version__knowledge_point").order_by("position"))
        audit.record(
            "exams.paper_key_viewed" if with_key else "exams.paper_viewed",
            by=by,
            at=at,
            subject=f"paper:{paper.code}",
            detail={"form": paper.form, "sealed": paper.sealed_at is not None},
        )
    return [
        PreviewItem(
            position=item.position,
            question_type=QuestionType(item.question_type),
            marks=item.marks,
            stem=item.version.content["stem"],
            options=_options(paper, item.version, with_key=with_key),
            knowledge_point=item.version.knowledge_point.name if item.version.knowledge_point else "",
            question_code=item.version.question.code,
        )
        for item in items
    ]


def _options(paper: Paper, version: QuestionVersion, *, with_key: bool) -> list[PreviewOption]:
    texts = {option["id"]: option["text"] for option in version.content["options"]}
    right = set(version.key["right"]) if with_key else set()
    return [
        PreviewOption(letter, texts[option], option in right if with_key else None)
        for letter, option in zip(LETTERS, option_order(paper, version), strict=False)
    ]
