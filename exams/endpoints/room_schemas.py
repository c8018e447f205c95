"""What the room's API takes and gives. Unknown fields are refused: a page of ours never sends any (F34)."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=12)]


class Strict(BaseModel):
    """A request body without room for anything undeclared."""

    model_config = ConfigDict(extra="forbid", strict=True)


class StartIn(Strict):
    """Which page asks, and whether it takes over from another."""

    page: Annotated[str, Field(min_length=8, max_length=40, pattern=r"^[A-Za-z0-9-]+$")]
    take_over: bool = False


class AnswerIn(Strict):
    """The chosen options of an item, by their names in this attempt; empty takes an answer back."""

    item: Name
    value: Annotated[list[Name], Field(max_length=26)]


class EventIn(Strict):
    """What the page noticed about itself."""

    kind: Literal["screen_left", "screen_back", "offline", "online"]


class SaveIn(Strict):
    """A batch of answers under the page's next sequence number."""

    seq: Annotated[int, Field(ge=0, le=10_000_000)]
    answers: Annotated[list[AnswerIn], Field(max_length=400)] = []
    events: Annotated[list[EventIn], Field(max_length=50)] = []


class SubmitIn(Strict):
    """Hand-in, with any answers not yet acknowledged."""

    seq: Annotated[int, Field(ge=0, le=10_000_000)]
    answers: Annotated[list[AnswerIn], Field(max_length=400)] = []


class SaveOut(BaseModel):
    """The save is on disk: the highest sequence number, the end of the chain, and the time left."""

    seq: int
    receipt: str
    remaining_ms: int
    submit_opens_in_ms: int
    state: str


class AttemptOut(BaseModel):
    """All a page needs to show or resume an attempt; never a key or a score."""

    attempt: str
    paper: str
    layout: list[dict[str, Any]]
    answers: dict[str, list[str]]
    seq: int
    remaining_ms: int
    submit_opens_in_ms: int
    state: str
    receipt: str | None


class StartOut(AttemptOut):
    """As `AttemptOut`, with the token that all further calls show."""

    token: str


class SubmitOut(BaseModel):
    """Handed in: the receipt that the officer keeps."""

    receipt: str
    state: str
    closed_at: str


class Refusal(BaseModel):
    """Why not: a code for the page, a sentence for the person."""

    code: str
    message: str
