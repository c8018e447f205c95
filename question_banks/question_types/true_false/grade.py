from decimal import Decimal
from typing import Any

from question_banks.question_types.base import (
    NOTHING,
    ChoiceContent,
    ChoiceKey,
    MarkingRules,
    read_answer,
)


def grade(content: ChoiceContent, key: ChoiceKey, answer: Any, marks: Decimal, _rules: MarkingRules) -> Decimal:
    """Return full marks for the right judgement, else nothing."""
    return marks if read_answer(content, answer) == frozenset(key.right) else NOTHING
