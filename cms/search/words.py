"""What a text is indexed under, and what a query asks for: the same pieces on both sides.

A run of Han characters is cut into overlapping pairs (行政处罚: 行政 政处 处罚), its last character also
alone, so that a single character can be found as the beginning of a piece. Everything else is words.
"""

import re
import unicodedata
from dataclasses import dataclass

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(rf"(?P<han>[{HAN}]+)|[^\W_{HAN}]+")
# PostgreSQL refuses vectors over a megabyte and words over 2 kB.
LONGEST_TEXT = 60_000
LONGEST_WORD = 64
# A longer query adds cost and narrows nothing; SQLite refuses expressions that are too deep.
MOST_TERMS = 60


@dataclass(frozen=True)
class Term:
    """One piece that a text must hold; with `is_prefix` a piece that begins like this."""

    text: str
    is_prefix: bool = False


def index_text(text: str) -> str:
    """Return the pieces of a text, separated by blanks."""
    pieces: list[str] = []
    for match in RUNS.finditer(_plain(text[:LONGEST_TEXT])):
        run = match.group()
        pieces += [*_pairs(run), run[-1]] if match["han"] else [run[:LONGEST_WORD]]
    return " ".join(pieces)


def query_terms(text: str) -> list[Term]:
    """Return what a text must hold to be found, each once; nothing when the query names nothing."""
    terms: dict[Term, None] = {}
    for match in RUNS.finditer(_plain(text[:LONGEST_TEXT])):
        run = match.group()
        if not match["han"]:
            found = [Term(run[:LONGEST_WORD])]
        elif len(run) == 1:
            found = [Term(run, is_prefix=True)]
        else:
            found = [Term(pair) for pair in _pairs(run)]
        terms.update(dict.fromkeys(found))
        if len(terms) >= MOST_TERMS:
            break
    return list(terms)[:MOST_TERMS]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
