"""What the score sheet says about an officer that examinations cannot know: certificate and class hours.

Training stands above exams and knows both. It hands in a provider when the platform starts; without one these
columns stay empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from exams.models import Exam


@dataclass(frozen=True)
class OfficerFacts:
    """Certificate number valid on the day, and minutes of learning credited and required for the exam."""

    certificate_no: str = ""
    credited_minutes: int | None = None
    required_minutes: int | None = None


NOTHING_KNOWN = OfficerFacts()


class Provider(Protocol):
    """Answers for many officers at once, with a number of queries that does not grow with them."""

    def __call__(self, exam: Exam, officer_ids: Sequence[int], *, day: date) -> Mapping[int, OfficerFacts]: ...


_providers: dict[str, Provider] = {}


def register_officer_facts(provider: Provider, *, name: str = "training") -> None:
    """Let `provider` fill the columns; a second one of the same name takes the first one's place."""
    _providers[name] = provider


def officer_facts(exam: Exam, officer_ids: Sequence[int], *, day: date) -> dict[int, OfficerFacts]:
    """Return what is known about each officer; officers nobody knows anything about are left out."""
    known: dict[int, OfficerFacts] = {}
    for provider in _providers.values():
        known.update(provider(exam, officer_ids, day=day))
    return known
