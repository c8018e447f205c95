"""What question types share: the JSON of content and key, answers as they arrive, and the
contract of a type.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Any, Literal, Self

from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict, Field, model_validator

MIN_OPTIONS = 2
MAX_OPTIONS = 26
STEM_LIMIT = 4000
OPTION_LIMIT = 2000
OPTION_LETTERS = ascii_uppercase
NOTHING = Decimal("0.00")


class Stored(BaseModel):
    """JSON in a column: fields are closed, and `version` says by which reading it was written."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: Literal[1] = 1


class Option(BaseModel):
    """One choice. The id is its name inside the question version; what candidates see is
    shuffled in the paper.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[A-Z]$")
    text: str = Field(min_length=1, max_length=OPTION_LIMIT)


class ChoiceContent(Stored):
    """Stem and options, as candidates may see them: no key, no hint."""

    stem: str = Field(min_length=1, max_length=STEM_LIMIT)
    options: list[Option] = Field(min_length=MIN_OPTIONS, max_length=MAX_OPTIONS)

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = self.option_ids()
        if len(set(ids)) != len(ids):
            raise ValueError("two options share an id")
        return self

    def option_ids(self) -> list[str]:
        """Return the option ids in the order of the question."""
        return [option.id for option in self.options]


class ChoiceKey(Stored):
    """The ids of the right options."""

    right: list[str] = Field(min_length=1, max_length=MAX_OPTIONS)

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        if len(set(self.right)) != len(self.right):
            raise ValueError("an option stands twice in the key")
        return self


class MarkingRules(BaseModel):
    """How answers that are partly right are marked; chosen by the examination's scheme.

    Attributes:
        multiple: ``all_or_nothing``: full marks for exactly the right set.
        ``partial_if_subset``: half of the marks
            for some of the right options without a wrong one (少选得分).
    """

    model_config = ConfigDict(extra="ignore", frozen=True)
    multiple: Literal["all_or_nothing", "partial_if_subset"] = "all_or_nothing"


DEFAULT_RULES = MarkingRules()


@dataclass(frozen=True)
class Sample:
    """A question with answers of known worth: a type's own proof, run by the registry test.

    `partly_right` is worth `partly_right_marks` under `rules`; `unreadable` answers are worth
    nothing and never raise.
    """

    content: Mapping[str, Any]
    key: Mapping[str, Any]
    right: Any
    wrong: Any
    marks: Decimal = Decimal("2.00")
    partly_right: Any = None
    partly_right_marks: Decimal = NOTHING
    rules: MarkingRules = DEFAULT_RULES
    unreadable: tuple[Any, ...] = (
        None,
        "",
        7,
        {"right": "A"},
        [["A"]],
        ["A", "A"],
        ["Z"],
        [None],
        "AB,",
        b"A",
    )


Grade = Callable[[ChoiceContent, ChoiceKey, Any, Decimal, MarkingRules], Decimal]


@dataclass(frozen=True)
class QuestionType:
    """One entry of the registry.

    Attributes:
        code: stored with questions, stable for ever.
        label: its name for people, translated when shown.
        content_model, key_model: read and check the JSON columns.
        check: raises `ValueError` when content and key do not fit each other.
        grade: pure; content, key, answer, full marks, rules → marks.
    """

    code: str
    label: str | Promise
    content_model: type[ChoiceContent]
    key_model: type[ChoiceKey]
    check: Callable[[ChoiceContent, ChoiceKey], None]
    grade: Grade
    samples: tuple[Sample, ...]

    def read(self, content: Mapping[str, Any], key: Mapping[str, Any]) -> tuple[ChoiceContent, ChoiceKey]:
        """Return content and key as checked models.

        Raises:
            ValueError: a field is missing or wrong, or the key names an option that is not there.
        """
        read_content = self.content_model.model_validate(content)
        read_key = self.key_model.model_validate(key)
        self.check(read_content, read_key)
        return read_content, read_key


def check_key_within_options(content: ChoiceContent, key: ChoiceKey) -> None:
    """Raise `ValueError` when the key names an option that the question does not have."""
    missing = sorted(set(key.right) - set(content.option_ids()))
    if missing:
        raise ValueError(f"the key names {', '.join(missing)}, which is not among the options")


def read_answer(content: ChoiceContent, answer: Any) -> frozenset[str] | None:
    """Return the chosen option ids, or None when the answer is not a list of different options
    of this question.

    An empty list is an answer: nothing was chosen.
    """
    if not isinstance(answer, list | tuple) or not all(isinstance(item, str) for item in answer):
        return None
    chosen = frozenset(answer)
    if len(chosen) != len(answer) or not chosen <= set(content.option_ids()):
        return None
    return chosen


def normalise(text: str) -> str:
    """Return text for comparison: NFKC, without any white space, case folded. Never for display."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
