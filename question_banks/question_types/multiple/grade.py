from decimal import Decimal
from typing import Any

from common import scores
from question_banks.question_types.base import (
    NOTHING,
    ChoiceContent,
    ChoiceKey,
    MarkingRules,
    read_answer,
)


def grade(content: ChoiceContent, key: ChoiceKey, answer: Any, marks: Decimal, rules: MarkingRules) -> Decimal:
    """Return full marks for exactly the right set; under ``partial_if_subset`` half for a part
    of it.

    A part is at least one right option and no wrong one.
    """
    chosen = read_answer(content, answer)
    right = frozenset(key.right)
    if chosen == right:
        return marks
    if rules.multiple == "partial_if_subset" and chosen and chosen < right:
        return scores.as_score(marks / 2)
    return NOTHING
