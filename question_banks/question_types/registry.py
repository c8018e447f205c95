"""The table of question types. A type that is not here does not exist."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from question_banks.question_types.base import MarkingRules, QuestionType, check_key_within_options
from question_banks.question_types.multiple import (
    grade as multiple_grade,
    samples as multiple_samples,
    spec as multiple_spec,
)
from question_banks.question_types.single import (
    grade as single_grade,
    samples as single_samples,
    spec as single_spec,
)
from question_banks.question_types.true_false import (
    grade as true_false_grade,
    samples as true_false_samples,
    spec as true_false_spec,
)

SINGLE = QuestionType(
    code="single",
    label=_("Single choice"),
    content_model=single_spec.SingleContent,
    key_model=single_spec.SingleKey,
    check=check_key_within_options,
    grade=single_grade.grade,
    samples=single_samples.SAMPLES,
)
MULTIPLE = QuestionType(
    code="multiple",
    label=_("Multiple choice"),
    content_model=multiple_spec.MultipleContent,
    key_model=multiple_spec.MultipleKey,
    check=check_key_within_options,
    grade=multiple_grade.grade,
    samples=multiple_samples.SAMPLES,
)
TRUE_FALSE = QuestionType(
    code="true_false",
    label=_("True or false"),
    content_model=true_false_spec.TrueFalseContent,
    key_model=true_false_spec.TrueFalseKey,
    check=check_key_within_options,
    grade=true_false_grade.grade,
    samples=true_false_samples.SAMPLES,
)

TYPES: Mapping[str, QuestionType] = {entry.code: entry for entry in (SINGLE, MULTIPLE, TRUE_FALSE)}


def get(code: str) -> QuestionType:
    """Return the type with this code.

    Raises:
        KeyError: there is no such type (a programming error: columns are constrained to the table).
    """
    return TYPES[code]


def grade(
    question_type: str,
    content: Mapping[str, Any],
    key: Mapping[str, Any],
    answer: Any,
    marks: Decimal,
    rules: Mapping[str, Any] | None = None,
) -> Decimal:
    """Return the marks for an answer to stored content and key; an answer that cannot be read is
    worth nothing.
    """
    entry = get(question_type)
    read_content, read_key = entry.read(content, key)
    return entry.grade(read_content, read_key, answer, marks, MarkingRules.model_validate(rules or {}))
