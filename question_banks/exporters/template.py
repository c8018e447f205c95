"""Our own import template, and the questions of a bank in its shape: what is exported is read again as the same."""

from collections.abc import Iterable, Sequence
from string import ascii_uppercase
from typing import IO

from common import worksheets
from common.worksheets import Cell, Choice, Table
from question_banks.models import Question, QuestionVersion

# Column titles are data, read back by `importers.headers`; they stay Chinese in every language.
OPTION_COUNT = 8
BEHIND_OPTIONS = ["正确答案", "难度", "知识点", "法律依据", "解析", "来源", "题目编号"]
# The importer leaves out a sheet of this name.
EXAMPLE_SHEET = "示例（不导入）"
TYPE_NAMES = {"single": "单选题", "multiple": "多选题", "true_false": "判断题"}
DIFFICULTIES = ["1", "2", "3", "4", "5"]
EXAMPLES: list[list[Cell]] = [
    [
        "单选题", "执法人员进行现场检查时，应当首先（ ）。", "出示执法证件", "制作现场笔录", "查封场所", "口头警告",
        "", "", "", "", "A", "2", "现场检查", "", "先表明身份，再开展检查。", "示例", "",
    ],
    [
        "多选题", "现场笔录应当由哪些人签名？", "执法人员", "当事人", "路过的群众", "在场的见证人",
        "", "", "", "", "ABD", "3", "执法文书", "", "", "示例", "",
    ],
    [
        "判断题", "听证应当由本案的调查人员主持。",
        "", "", "", "", "", "", "", "", "错", "2", "听证", "", "", "示例", "",
    ],
]  # fmt: skip


def write_template(target: IO[bytes]) -> None:
    """Write the empty template with three examples and lists to choose from."""
    worksheets.write(target, [_table("题目", [], OPTION_COUNT), _table(EXAMPLE_SHEET, EXAMPLES, OPTION_COUNT)])


def write_questions(target: IO[bytes], questions: Iterable[Question]) -> None:
    """Write the current versions of questions, keys included, in the template's shape."""
    versions = [(question, question.current) for question in questions if question.current]
    count = max([OPTION_COUNT, *(len(version.content["options"]) for _question, version in versions)])
    rows = [_row(question, version, count) for question, version in versions]
    worksheets.write(target, [_table("题目", rows, count)])


def _table(title: str, rows: Iterable[Sequence[Cell]], count: int) -> Table:
    header = ["题型", "题干", *(f"选项{letter}" for letter in ascii_uppercase[:count]), *BEHIND_OPTIONS]
    widths = [10, 52, *([22] * count), 12, 8, 20, 30, 36, 20, 16]
    choices = [Choice(0, list(TYPE_NAMES.values())), Choice(header.index("难度"), DIFFICULTIES)]
    return Table(title, header, rows, widths=widths, choices=choices)


def _row(question: Question, version: QuestionVersion, count: int) -> list[Cell]:
    is_statement = question.question_type == "true_false"
    texts = [] if is_statement else [option["text"] for option in version.content["options"]]
    right = "".join(version.key["right"])
    return [
        TYPE_NAMES[question.question_type],
        version.stem,
        *texts,
        *([""] * (count - len(texts))),
        {"T": "对", "F": "错"}[right] if is_statement else right,
        str(version.difficulty),
        version.knowledge_point.name if version.knowledge_point else "",
        version.legal_basis,
        version.explanation,
        version.source,
        question.code,
    ]
