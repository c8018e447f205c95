"""Banks and records of questions, made through the domain."""

from collections.abc import Iterable
from typing import Any

import factory

from common import clock
from personnel.models import Officer
from question_banks.domain import banks, importing, review
from question_banks.enums import QuestionState
from question_banks.models import Bank, Question
from question_banks.question_types.record import Record, RecordOption, Sentence
from tests.factories.personnel import UnitFactory


class BankFactory(factory.Factory[Bank]):
    """An empty bank."""

    class Meta:
        model = Bank

    code = factory.Sequence(lambda n: f"bank-{n}")
    name = factory.Sequence(lambda n: f"第{n}题库")
    unit = factory.SubFactory(UnitFactory)

    @classmethod
    def _create(cls, model_class: type[Bank], *args: Any, **kwargs: Any) -> Bank:
        return banks.create_bank(kwargs.pop("code"), kwargs.pop("name"), by=None, **kwargs)


def record(
    stem: str = "现场检查时，执法人员不得少于几人？", *, right: str = "B", row: int = 2, **fields: Any
) -> Record:
    """Return a whole single-choice record (multiple with several letters in `right`)."""
    texts = fields.pop("texts", ["一人", "两人", "三人", "四人"])
    options = [RecordOption(id="ABCDEFGH"[index], text=text) for index, text in enumerate(texts)]
    return Record(
        place=Sentence(message="sheet “%(sheet)s”, row %(row)s", params={"sheet": "题", "row": row}),
        question_type=fields.pop("question_type", "multiple" if len(right) > 1 else "single"),
        stem=stem,
        options=options,
        right=list(right),
        excerpt=stem[:60],
        **fields,
    )


def bring_in(bank: Bank, records: Iterable[Record], *, by: Officer, reviewer: Officer | None = None) -> list[Question]:
    """Import records; with a reviewer they are approved too. Returns the questions in order."""
    outcome = importing.execute(importing.plan(bank, list(records)), by=by, at=clock.now())
    questions = list(Question.objects.filter(pk__in=outcome.question_ids).order_by("pk"))
    if reviewer:
        review.approve_all(questions, bank=bank, by=reviewer)
        assert all(question.state == QuestionState.APPROVED for question in Question.objects.filter(bank=bank))
    return list(Question.objects.filter(pk__in=outcome.question_ids).select_related("current", "bank").order_by("pk"))
