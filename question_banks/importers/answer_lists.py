"""Keys that stand together at the end of a text bank: 参考答案 一、单选题 1-5 ABCDA 6.C 7.BD."""

import re
from collections.abc import Iterable, Sequence

from question_banks.importers import answers

# (type of the section or "", number) → key.
AnswerList = dict[tuple[str, int], str]

_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]+\s*[、.．]\s*)?(?:参考|标准|正确)?答案(?:与解析|及解析|部分|汇总|列表)?\s*[:：]?"
)
_RANGE = re.compile(r"(\d{1,4})\s*[-—~～至到]\s*(\d{1,4})\s*[:：.．、)）]?\s*((?:[A-Z√×对错]\s*[,，、]?\s*)+)")
_SINGLE = re.compile(r"(\d{1,4})\s*[:：.．、)）]?\s*([A-Z]+|√|×|正确|错误|对|错)(?![A-Za-z\u4e00-\u9fff])")


def is_head(text: str) -> bool:
    """Return whether a line announces the list of keys and holds nothing else."""
    return bool(_HEAD.fullmatch(text.strip()))


def read_answers(lines: Iterable[str]) -> AnswerList:
    """Return the keys of a list, by the section they stand in and their number."""
    found: AnswerList = {}
    section = ""
    for line in lines:
        text = answers.plain(line)
        named = answers.question_type(text[:14])
        section = named if named and named != "choice" else section
        for match in _RANGE.finditer(text):
            _enter_range(
                found, section, int(match.group(1)), int(match.group(2)), re.findall(r"[A-Z√×对错]", match.group(3))
            )
        for match in _SINGLE.finditer(_RANGE.sub(" ", text)):
            found.setdefault((section, int(match.group(1))), match.group(2))
    return found


def _enter_range(found: AnswerList, section: str, first: int, last: int, keys: Sequence[str]) -> None:
    # A range with more or fewer keys than numbers says nothing reliable about any of them.
    if len(keys) == last - first + 1:
        for number, key in zip(range(first, last + 1), keys, strict=True):
            found.setdefault((section, number), key)


def key_for(found: AnswerList, declared: str, number: int) -> str:
    """Return the key of a question, "" when the list does not tell it without doubt."""
    if (declared, number) in found:
        return found[declared, number]
    # A list without sections counts through the whole file.
    return found.get(("", number), "") if all(section == "" for section, _number in found) else ""
