"""How one attempt shows its paper: pure, from the paper's public form and a seed.

Item order is shuffled within each run of one question type, option order within each item (true and false keep
theirs). Items and options get random names that hold in this attempt only, so that what a browser sends means
nothing elsewhere and tells nothing about the key.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from common.codes import ALPHABET
from exams.models import AttemptLayout
from question_banks.enums import QuestionType

NAME_LENGTH = 5


@dataclass(frozen=True)
class PublicItem:
    """What a layout needs of a paper's item: its index, its type, and how many options it has."""

    reference: int
    question_type: str
    options: int


def lay_out(items: Sequence[PublicItem], *, seed: int) -> list[dict[str, Any]]:
    """Return the layout of an attempt (see `AttemptLayout`). The same items and seed give the same layout."""
    rng = random.Random(seed)  # noqa: S311  (a layout must be repeatable from its seed)
    names = _Names(rng)
    layout: list[dict[str, Any]] = []
    for _type, run in groupby(items, key=lambda item: item.question_type):
        shuffled = list(run)
        rng.shuffle(shuffled)
        for item in shuffled:
            references = list(range(item.options))
            if item.question_type != QuestionType.TRUE_FALSE:
                rng.shuffle(references)
            layout.append(
                {
                    "item": names.fresh(),
                    "ref": item.reference,
                    "options": [names.fresh() for _ in references],
                    "refs": references,
                }
            )
    return layout


class _Names:
    """Random names, none given twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.given: set[str] = set()

    def fresh(self) -> str:
        while True:
            name = "".join(self.rng.choices(ALPHABET, k=NAME_LENGTH))
            if name not in self.given:
                self.given.add(name)
                return name


@dataclass(frozen=True)
class Shape:
    """What a save is checked against, and how its names are read back into the paper's."""

    # item name → names of its options
    options: dict[str, frozenset[str]]
    # item name → index of the item in the paper
    references: dict[str, int]
    # item name → option name → index of the option in the paper's public item
    option_references: dict[str, dict[str, int]]


@lru_cache(maxsize=4096)
def shape_of(code: str) -> Shape:
    """Return the shape of the attempt with this code.

    Layouts are written once and codes never used again, so a process may keep them: most saves read none.
    """
    layout: list[dict[str, Any]] = AttemptLayout.objects.values_list("layout", flat=True).get(attempt__code=code)
    return Shape(
        options={row["item"]: frozenset(row["options"]) for row in layout},
        references={row["item"]: row["ref"] for row in layout},
        option_references={row["item"]: dict(zip(row["options"], row["refs"], strict=True)) for row in layout},
    )
