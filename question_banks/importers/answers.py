"""Words of question files: types, keys, polarity, difficulty, as clerks write them."""

import re
import unicodedata

TRUE_WORDS = frozenset(
    [
        "对",
        "正确",
        "√",
        "✓",
        "✔",
        "☑",
        "t",
        "true",
        "y",
        "yes",
        "是",
        "同意",
        "真",
        "1",
        "对的",
        "是的",
        "正确的",
        "right",
        "r",
    ]
)
FALSE_WORDS = frozenset(
    [
        "错",
        "错误",
        "×",
        "✗",
        "✘",
        "✕",
        "x",
        "f",
        "false",
        "n",
        "no",
        "否",
        "不同意",
        "假",
        "0",
        "不对",
        "不正确",
        "错的",
        "错误的",
        "wrong",
        "w",
        "不是",
    ]
)

# Longer names first: 不定项选择题 contains 选择题.
TYPE_WORDS: tuple[tuple[str, str], ...] = (
    ("不定项", "multiple"),
    ("单项选择", "single"),
    ("单选", "single"),
    ("单项", "single"),
    ("多项选择", "multiple"),
    ("多选", "multiple"),
    ("多项", "multiple"),
    ("判断", "true_false"),
    ("是非", "true_false"),
    ("对错", "true_false"),
    ("案例", "case"),
    ("填空", "blank"),
    ("简答", "short_answer"),
    ("问答", "short_answer"),
    ("论述", "short_answer"),
    ("主观", "short_answer"),
    ("名词解释", "short_answer"),
    ("附件", "short_answer"),
    ("材料", "case"),
    ("选择", "choice"),
    ("truefalse", "true_false"),
    ("true_false", "true_false"),
    ("true/false", "true_false"),
    ("multichoice", "multiple"),
    ("multiple", "multiple"),
    ("single", "single"),
    ("judge", "true_false"),
    ("shortanswer", "blank"),
    ("essay", "short_answer"),
    ("danxuan", "single"),
    ("duoxuan", "multiple"),
    ("panduan", "true_false"),
    ("anli", "case"),
)
SUPPORTED = frozenset({"single", "multiple", "true_false"})

DIFFICULTY_WORDS = {
    **dict.fromkeys(("很易", "极易", "很简单", "非常简单", "入门"), 1),
    **dict.fromkeys(("易", "较易", "容易", "简单", "低", "easy", "初级"), 2),
    **dict.fromkeys(("中", "中等", "一般", "适中", "普通", "medium", "中级"), 3),
    **dict.fromkeys(("难", "较难", "困难", "高", "hard", "高级"), 4),
    **dict.fromkeys(("很难", "极难", "非常难", "非常困难"), 5),
}

_LETTER_KEY = re.compile(r"[A-Z](?:[\s,、;/|.和及&+-]*[A-Z])*")
_TRAILING = " \t\r\n。.;；,，、!！"


def plain(text: str) -> str:
    """Return text in NFKC, stripped, for comparing words; never for display."""
    return unicodedata.normalize("NFKC", text.replace("\u200b", "").replace("\ufeff", "")).strip()


def clean(text: str) -> str:
    """Return text for storing: no-break spaces become spaces, blanks around lines go; nothing
    else changes.
    """
    text = text.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").replace("\x00", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    lines = [re.sub(r"[ \t]+", " ", line).strip(" \u3000\t") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def question_type(text: str) -> str:
    """Return the type that a word names (also one we do not support), "choice" for 选择题, or ""
    when it names none.
    """
    word = plain(text).lower().replace(" ", "")
    return next((code for name, code in TYPE_WORDS if name in word), "")


def truth(text: str) -> bool | None:
    """Return whether a word means true or false; None when it means neither."""
    word = plain(text).lower().strip(_TRAILING + "()")
    if word in TRUE_WORDS:
        return True
    return False if word in FALSE_WORDS else None


def letters(text: str) -> list[str] | None:
    """Return the option letters of a key (AB, A,B, a;b, also full-width) in order, or None when it is not
    made of letters.
    """
    word = plain(text).upper().strip(_TRAILING + "()[]【】")
    if not _LETTER_KEY.fullmatch(word):
        return None
    return sorted(set(re.findall(r"[A-Z]", word)))


def difficulty(text: str) -> int | None:
    """Return 1 to 5 for a word or a digit, None for anything else."""
    word = plain(text).lower().removesuffix("度")
    if word in DIFFICULTY_WORDS:
        return DIFFICULTY_WORDS[word]
    return int(word) if re.fullmatch(r"[1-5]", word) else None


def split_list(text: str) -> list[str]:
    """Return the items of a cell that lists several, separated by semicolons, ideographic commas
    or line ends.
    """
    return [item for part in re.split(r"[;；\n|]", text) if (item := clean(part))]


def clean_line(text: str) -> str:
    """Return a line for reading: no-break spaces become spaces; tabs and breaks, which separate
    fields, stay.
    """
    return text.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").replace("\x00", "")
