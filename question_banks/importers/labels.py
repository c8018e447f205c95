"""Option labels in running text: `A：`, `A.`, `A、`, `(A)`, also glued to the text before
(`B：……C：……`).
"""

import re
from dataclasses import dataclass

# A letter with what makes it a label. Groups: opening bracket, letter, closing sign.
_LABEL = re.compile(r"([（(\[【]?)([A-Z\uff21-\uff3a])[ \t　]*([)）\]】：:．.、,，])?")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}


@dataclass(frozen=True)
class Label:
    """A possible option label: its letter, where label and text begin, whether it opens a line,
    and its sign.
    """

    letter: str
    start: int
    text_start: int
    opens_line: bool
    sign: str


def labels(text: str) -> list[Label]:
    """Return every place that could be an option label."""
    found = []
    for match in _LABEL.finditer(text):
        opening, letter, sign = match.group(1), match.group(2), match.group(3) or ""
        if opening and sign not in (")", "）", "]", "】"):
            continue
        before = text[: match.start()]
        opens_line = not before.split("\n")[-1].strip(" \t　")
        if not sign and not (opens_line and re.match(r"[ \t　]+\S", text[match.start(2) + 1 :])):
            continue
        if not opens_line and re.search(r"[A-Za-z\uff21-\uff3a]$", before):
            continue
        plain = chr(ord(letter) - 0xFEE0) if ord(letter) > 0x7F else letter
        found.append(Label(plain, match.start(), match.end(), opens_line, _kind(opening, sign)))
    return found


def _kind(opening: str, sign: str) -> str:
    if opening or sign in ")）]】":
        return "bracket" if sign else "blank"
    return {"：": ":", "．": ".", "，": ","}.get(sign, sign)


def split_options(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Split text into what stands before the first option, and the options as (letter, text),
    repeated ones included.
    """
    chosen = _options_of(text, labels(text))
    if not chosen:
        return text, []
    ends = [label.start for label in chosen[1:]] + [len(text)]
    options = [(label.letter, text[label.text_start : end]) for label, end in zip(chosen, ends, strict=True)]
    return text[: chosen[0].start], options


def _options_of(text: str, found: list[Label]) -> list[Label]:
    start = next(
        (index for index, label in enumerate(found) if label.opens_line and label.letter in "AB"),
        None,
    )
    if start is None or (found[start].letter == "B" and _opening_a(found)):
        start = _inline_start(found)
    if start is None:
        return []
    chosen = [found[start]]
    for index in range(start + 1, len(found)):
        if _continues(text, chosen, found, index):
            chosen.append(found[index])
    return chosen


def _opening_a(found: list[Label]) -> bool:
    return any(label.letter == "A" and label.opens_line for label in found)


def _inline_start(found: list[Label]) -> int | None:
    """Find options on the stem's own line: an A followed by B and more, all with the same sign."""
    for index, label in enumerate(found):
        same = [other.letter for other in found[index:] if other.sign == label.sign]
        if (label.letter == "A" and same[:2] == ["A", "B"] and label.sign not in ("、", ",")) or same[:4] == list(
            "ABCD"
        ):
            return index
    return None


def _continues(text: str, chosen: list[Label], found: list[Label], index: int) -> bool:
    label, last = found[index], chosen[-1]
    seen = {earlier.letter for earlier in chosen}
    expected = chr(max(ord(letter) for letter in seen) + 1)
    if label.opens_line:
        # A letter again is a merged question; a letter further on is a lost option. Both are for
        # the drafts to judge.
        return label.letter in seen or expected <= label.letter <= chr(ord(expected) + 3)
    if label.sign != last.sign or label.sign == "":
        return False
    if label.letter in seen:
        return text[: label.start].rstrip(" \t　").endswith((",", "，"))
    return label.letter == expected and not _opens_a_line_soon(found, index)


def _opens_a_line_soon(found: list[Label], index: int) -> bool:
    """Return whether the same letter opens a line before its successor does: then this one is
    only text.
    """
    letter = found[index].letter
    for later in found[index + 1 :]:
        if later.opens_line and later.letter == letter:
            # …unless the copies are a merged question, glued by a comma: C：…,\nC：…
            return True
        if later.opens_line and later.letter > letter:
            return False
    return False
