from pydantic import Field

from question_banks.question_types.base import ChoiceContent, ChoiceKey


class SingleContent(ChoiceContent):
    """A stem with two to twenty-six options."""


class SingleKey(ChoiceKey):
    """The one right option."""

    right: list[str] = Field(min_length=1, max_length=1)
