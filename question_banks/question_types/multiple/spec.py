from question_banks.question_types.base import ChoiceContent, ChoiceKey


class MultipleContent(ChoiceContent):
    """A stem with two to twenty-six options."""


class MultipleKey(ChoiceKey):
    """The right options; a single one is allowed, all are allowed."""
