"""Drawing a paper at random from a pool, by the cells of a blueprint. Pure: values in, values out."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PoolItem:
    """A question that may be drawn: its version's key, its type, and the path of its knowledge point ("" for none)."""

    version_id: int
    question_type: str
    point_path: str


@dataclass(frozen=True)
class Wish:
    """A cell: type, path of the knowledge point ("" for any; a path covers its whole branch), number of items."""

    question_type: str
    point_path: str
    count: int

    def accepts(self, item: PoolItem) -> bool:
        return item.question_type == self.question_type and item.point_path.startswith(self.point_path)


@dataclass(frozen=True)
class Lack:
    """A wish, by its index, for which too few questions are left."""

    wish: int
    available: int


def draw(pool: Sequence[PoolItem], wishes: Sequence[Wish], *, seed: int) -> tuple[list[list[int]], list[Lack]]:
    """Return, per wish, the drawn version ids, and the wishes that could not be met.

    Narrow wishes (deeper branches) are served before wide ones, so that a cell for any knowledge point does not
    take what a particular one needs. The same pool, wishes and seed give the same draw.

    Guarantees: no question twice; every wish met in full or listed as a lack with what was left for it.
    """
    rng = random.Random(seed)  # noqa: S311  (a draw must be repeatable from its seed)
    left = sorted(pool, key=lambda item: item.version_id)
    drawn: list[list[int]] = [[] for _ in wishes]
    lacks: list[Lack] = []
    for index in sorted(range(len(wishes)), key=lambda i: (-len(wishes[i].point_path), i)):
        wish = wishes[index]
        fitting = [item for item in left if wish.accepts(item)]
        if len(fitting) < wish.count:
            lacks.append(Lack(index, len(fitting)))
            continue
        chosen = rng.sample(fitting, wish.count)
        drawn[index] = [item.version_id for item in chosen]
        taken = set(drawn[index])
        left = [item for item in left if item.version_id not in taken]
    return drawn, sorted(lacks, key=lambda lack: lack.wish)
