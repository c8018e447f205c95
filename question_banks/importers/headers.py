"""Column headers of question tables, in the words of the systems they come from.

A header row is the one in which a question's text and something to judge it by are both named.
"""

import re
from dataclasses import dataclass, field

from question_banks.importers import answers

SYNONYMS: dict[str, tuple[str, ...]] = {
    "stem": (
        "题干",
        "题目",
        "试题",
        "问题",
        "题目内容",
        "试题内容",
        "问题内容",
        "题目标题",
        "题干内容",
        "试题题干",
        "题目题干",
        "标题",
        "题面",
        "内容",
        "试题名称",
        "题目名称",
        "题目描述",
        "question",
        "questiontext",
        "question_text",
        "stem",
        "content",
        "title",
    ),
    "key": (
        "答案",
        "正确答案",
        "参考答案",
        "标准答案",
        "正确选项",
        "试题答案",
        "题目答案",
        "正确选择",
        "答案选项",
        "answer",
        "key",
        "correct",
        "correctanswer",
        "correct_answer",
    ),
    "type": (
        "题型",
        "类型",
        "题目类型",
        "试题类型",
        "题目分类",
        "试题题型",
        "类别",
        "题类",
        "问题类型",
        "qtype",
        "type",
        "questiontype",
    ),
    "options": (
        "选项",
        "备选项",
        "备选答案",
        "候选项",
        "全部选项",
        "选项列表",
        "choices",
        "options",
    ),
    "option_text": ("选项内容", "选项文本", "选项描述"),
    "option_right": (
        "是否正确项",
        "是否正确",
        "是否正确选项",
        "正确项",
        "是否答案",
        "是否正确答案",
    ),
    "option_letter": ("选项序号", "选项编号", "选项标识", "选项字母", "选项号"),
    "group": ("题目序号", "试题序号", "题号", "序号", "编号", "no", "id", "number", "试题序列"),
    "explanation": (
        "解析",
        "答案解析",
        "试题解析",
        "题目解析",
        "整体解析",
        "解析说明",
        "说明",
        "分析",
        "答案说明",
        "generalfeedback",
        "explanation",
        "feedback",
        "analysis",
    ),
    "difficulty": (
        "难度",
        "题目难度",
        "难度等级",
        "试题难度",
        "难易度",
        "难易程度",
        "难度系数",
        "difficulty",
        "level",
    ),
    "knowledge": (
        "知识点",
        "知识点名称",
        "所属知识点",
        "考点",
        "课程结构",
        "分类",
        "章节",
        "所属章节",
        "所属范围",
        "专题",
        "knowledge",
        "category",
    ),
    "legal_basis": ("法律依据", "依据", "法规依据", "法条依据", "法条", "出题依据", "法律条文"),
    "source": ("来源", "出处", "题目来源", "试题来源", "source"),
    "external_id": (
        "题目编号",
        "试题编号",
        "题目编码",
        "试题编码",
        "题目id",
        "试题id",
        "questionid",
        "question_id",
    ),
    "page": ("页码",),
}
# What tells a table of people from one of questions.
PEOPLE_WORDS = frozenset(
    [
        "姓名",
        "性别",
        "身份证号",
        "身份证号码",
        "手机号",
        "手机",
        "电话",
        "邮箱",
        "密码",
        "部门",
        "工号",
        "警号",
        "职务",
        "岗位",
        "执法证号",
        "出生日期",
        "用户名",
        "单位",
        "学员姓名",
    ]
)
_NAMES = {word: name for name, words in SYNONYMS.items() for word in words}
_OPTION = re.compile(
    r"(?:选项|备选项|答案|候选项|选择项|option|choice|opt)?[\s_\-.:(]*([A-Za-z])[\s):.]*(?:选项|项)?",
    re.IGNORECASE,
)
_NUMBERED_OPTION = re.compile(
    r"(?:选项|备选项|候选项|备选答案|option|choice|opt)[\s_\-.:(]*(\d{1,2}|[一二三四五六七八九十])\)?",
    re.IGNORECASE,
)
_CHINESE_DIGITS = "一二三四五六七八九十"
_LEGEND = re.compile(
    r"(\d)\s*[-—=:：.、是为]?\s*(单选|多选|判断|填空|简答|问答|单项|多项)|(单选题?|多选题?|判断题?|填空题?|简答题?|问答题?)\s*[-=:：为是]?\s*(\d)"
)


@dataclass
class Columns:
    """Which column (from 0) holds what.

    Attributes:
        options: letter → column, in the order of the sheet.
        numbered: option headers count instead of lettering.
        type_codes: digit → type, when the header explains its codes (题型（0单选,1判断）).
        hint: type named by a header itself (单选题型).
        titles: column → header as it stands.
    """

    fields: dict[str, int] = field(default_factory=dict)
    options: dict[str, int] = field(default_factory=dict)
    numbered: bool = False
    type_codes: dict[str, str] = field(default_factory=dict)
    hint: str = ""
    titles: dict[int, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)

    def is_header(self) -> bool:
        """Return whether this row names the columns of questions."""
        judged = {"key", "options", "option_right", "type"} & set(self.fields)
        return "stem" in self.fields and (bool(judged) or len(self.options) >= 2)

    def is_usable(self) -> bool:
        """Return whether questions can be read under it: their text, and a key or marked
        options.
        """
        return "stem" in self.fields and ("key" in self.fields or self.is_long())

    def is_long(self) -> bool:
        """Return whether each option has a row of its own."""
        return {"option_text", "option_right"} <= set(self.fields)


def read_header(row: list[str]) -> Columns:
    """Return what the cells of a row name as columns; a row of data names next to nothing."""
    columns = Columns()
    for index, cell in enumerate(row):
        if not cell.strip() or len(cell) > 120:
            continue
        columns.titles[index] = " ".join(cell.split())[:60]
        if not _enter(columns, index, cell):
            columns.ignored.append(columns.titles[index])
    return columns


def _enter(columns: Columns, index: int, cell: str) -> bool:
    full = answers.plain(cell).lower()
    word = re.sub(r"[\s*:：?？]+", "", re.sub(r"[(\[【].*$", "", full.replace("\n", " "))).strip("_-")
    letter = "" if word in _NAMES else _option_letter(full, word)
    if letter and letter not in columns.options:
        columns.options[letter] = index
        columns.numbered = columns.numbered or bool(_NUMBERED_OPTION.fullmatch(word))
        return True
    name = _NAMES.get(word) or _by_suffix(word)
    if name is None or name in columns.fields:
        return False
    if name == "type":
        columns.type_codes = _legend(full)
        named = answers.question_type(word)
        columns.hint = named if named in answers.SUPPORTED else ""
    columns.fields[name] = index
    return True


def _option_letter(full: str, word: str) -> str:
    match = _OPTION.fullmatch(full.strip("*")) or _OPTION.fullmatch(word)
    if match:
        return match.group(1).upper()
    match = _NUMBERED_OPTION.fullmatch(word)
    if not match:
        return ""
    text = match.group(1)
    number = int(text) if text.isdigit() else _CHINESE_DIGITS.index(text) + 1
    return chr(ord("A") + number - 1) if 1 <= number <= 26 else ""


def _by_suffix(word: str) -> str | None:
    """Recognise compounds: 单选题型 ends like 题型, 本题正确答案 like 正确答案."""
    if not 3 <= len(word) <= 12:
        return None
    for suffix, name in (
        ("题型", "type"),
        ("正确答案", "key"),
        ("题干", "stem"),
        ("题目内容", "stem"),
        ("知识点", "knowledge"),
        ("解析", "explanation"),
    ):
        if word.endswith(suffix) or word.startswith(suffix):
            return name
    return None


def _legend(header: str) -> dict[str, str]:
    codes: dict[str, str] = {}
    for digit, name, other_name, other_digit in _LEGEND.findall(header):
        codes[digit or other_digit] = answers.question_type(name or other_name)
    return codes


def field_titles(columns: Columns) -> list[tuple[str, str]]:
    """Return (header, field) for every column taken, options as ``option_A``."""
    taken = [(index, name) for name, index in columns.fields.items()]
    taken += [(index, f"option_{letter}") for letter, index in columns.options.items()]
    return [(columns.titles[index], name) for index, name in sorted(taken)]
