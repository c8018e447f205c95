from typing import Self

from pydantic import Field, model_validator

from question_banks.question_types.base import ChoiceContent, ChoiceKey, Option

TRUE = "T"
FALSE = "F"
OPTIONS = (Option(id=TRUE, text="对"), Option(id=FALSE, text="错"))


class TrueFalseContent(ChoiceContent):
    """A statement; the options are always T 对 and F 错, in this order."""

    options: list[Option] = Field(default_factory=lambda: list(OPTIONS), min_length=2, max_length=2)

    @model_validator(mode="after")
    def _options_are_fixed(self) -> Self:
        if self.option_ids() != [TRUE, FALSE]:
            raise ValueError("the options of a true/false question are T and F")
        return self


class TrueFalseKey(ChoiceKey):
    """T or F."""

    right: list[str] = Field(min_length=1, max_length=1)
