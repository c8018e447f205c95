"""A question as a file tells it, before it is one: what parsers hand over and imports are
planned from.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Sentence(BaseModel):
    """An English sentence with blanks, to be translated by whoever shows it
    (`common.sandbox.translate`).
    """

    model_config = ConfigDict(frozen=True)
    message: str
    params: dict[str, Any] = Field(default_factory=dict)


class RecordOption(BaseModel):
    model_config = ConfigDict(frozen=True)
    id: str
    text: str


class Record(BaseModel):
    """One question found in a file, whole or not.

    Attributes:
        place: where it stands, such as sheet and row.
        question_type: code of the type, or "" when it could not be told.
        right: ids of the right options.
        difficulty: 1 to 5, or None when the file says nothing.
        external_id: the file's own lasting number of the question, not a mere running number.
        problems: why it cannot be imported; empty for a whole record.
        notes: what was mended on the way.
        excerpt: the beginning of what stands there, for people to find it again.
    """

    model_config = ConfigDict(frozen=True)
    place: Sentence
    question_type: str = ""
    stem: str = ""
    options: list[RecordOption] = Field(default_factory=list)
    right: list[str] = Field(default_factory=list)
    explanation: str = ""
    difficulty: int | None = None
    knowledge_points: list[str] = Field(default_factory=list)
    legal_basis: str = ""
    source: str = ""
    external_id: str = ""
    problems: list[Sentence] = Field(default_factory=list)
    notes: list[Sentence] = Field(default_factory=list)
    excerpt: str = ""


class TakenColumn(BaseModel):
    """Which column of the file was taken for what."""

    model_config = ConfigDict(frozen=True)
    header: str
    field: str


class TakenSheet(BaseModel):
    """How one sheet (or the whole text) was understood."""

    model_config = ConfigDict(frozen=True)
    sheet: str
    header_row: int | None = None
    columns: list[TakenColumn] = Field(default_factory=list)
    ignored: list[str] = Field(default_factory=list)
    found: int = 0


class Reading(BaseModel):
    """Everything a parser says about one file."""

    model_config = ConfigDict(frozen=True)
    format: str
    sheets: list[TakenSheet] = Field(default_factory=list)
    records: list[Record] = Field(default_factory=list)
