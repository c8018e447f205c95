"""Tables: header words, shapes, codes, and what is refused, on made-up examples."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from common.sandbox_child import Refused
from question_banks.exporters import template
from question_banks.importers import reading, tables
from question_banks.importers.headers import read_header
from question_banks.question_types.record import Reading, Record

WIDE = ["题型", "题干", "选项A", "选项B", "选项C", "选项D", "正确答案"]


def read(*rows: list[str], sheet: str = "Sheet1", name: str = "题库", first_row: int = 1) -> list[Record]:
    return _reading([{"name": sheet, "rows": list(rows), "first_row": first_row}], name).records


def _reading(sheets: list[dict[str, Any]], name: str = "题库") -> Reading:
    return tables.read_sheets(sheets, name=name, format_name="workbook")


@pytest.mark.parametrize(
    "header",
    [
        ["题型", "题干", "选项A", "选项B", "答案"],
        ["题目类型", "题目内容", "选项 A", "选项 B", "正确答案*"],
        ["类型", "试题", "A", "B", "正确选项"],
        ["试题题型", "问题内容", "A选项", "B选项", "参考答案"],
        ["Type", "Question", "Option A", "Option B", "Answer"],
        ["题型（必填）", "题目（必填）", "选项1", "选项2", "标准答案（必填）"],
    ],
)
def test_headers_of_different_systems_are_understood(header: list[str]) -> None:
    (record,) = read(header, ["单选题", "甲题？", "一", "二", "B"])
    assert (record.stem, record.right, record.problems) == ("甲题？", ["B"], [])


def test_title_and_help_rows_may_stand_above_the_header() -> None:
    records = read(
        ["某单位题库模板"],
        ["请勿修改表头；答案填字母"],
        [],
        WIDE,
        ["单选题", "甲题？", "一", "二", "", "", "A"],
        first_row=2,
    )
    assert records[0].place.params == {"sheet": "Sheet1", "row": 6}


def test_head_of_two_rows() -> None:
    (record,) = read(
        ["题型", "题干", "选项", "", "", "答案"],
        ["", "", "A", "B", "C", ""],
        ["单选", "甲题？", "一", "二", "三", "C"],
    )
    assert ([option.text for option in record.options], record.right) == (["一", "二", "三"], ["C"])


def test_sections_with_headers_of_their_own() -> None:
    short = ["题目", "A", "B", "答案"]
    records = read(
        ["选择题"],
        short,
        ["甲题？", "一", "二", "A"],
        ["判断题"],
        ["题目", "答案"],
        ["乙说法", "错"],
        ["问答题"],
        ["问题", "答案"],
        ["丙？", "略"],
    )
    assert [(record.question_type, record.right) for record in records] == [
        ("single", ["A"]),
        ("true_false", ["F"]),
        ("", []),
    ]
    assert "cannot be imported yet" in records[2].problems[0].message


def test_type_codes_by_legend_and_by_content() -> None:
    header = ["问题", "题型（0单选,1判断,2多选）", "选项A", "选项B", "选项C", "答案（多选用英文逗号分隔）"]
    rows = [["甲", "0", "一", "二", "三", "A"], ["乙", "1", "", "", "", "对"], ["丙", "2", "一", "二", "三", "A,C"]]
    expected = ["single", "true_false", "multiple"]
    assert [record.question_type for record in read(header, *rows)] == expected
    without_legend = ["问题", "题型", *header[2:]]
    more = [["丁", "2", "一", "二", "三", "B"]]
    assert [record.question_type for record in read(without_legend, *rows, *more)] == [*expected, "multiple"]


def test_running_numbers_under_a_type_header_are_no_codes() -> None:
    rows = [[str(number), f"第{number}题？", "一", "二", "A"] for number in range(1, 30)]
    records = read(["单选题型", "题目标题", "选项A", "选项B", "正确答案"], *rows)
    assert {record.question_type for record in records} == {"single"}


def test_one_row_per_option() -> None:
    header = ["题目序号", "题目类型", "题目内容", "整体解析", "是否正确项", "选项内容"]
    records = read(
        header,
        ["1", "多选题", "甲题？", "略", "是", "一"],
        ["1", "", "", "", "否", "二"],
        ["", "", "", "", "是", "三"],
        ["2", "单选题", "乙题？", "", "0", "子"],
        ["2", "单选题", "乙题？", "", "1", "丑"],
    )
    assert [(record.question_type, record.right, len(record.options)) for record in records] == [
        ("multiple", ["A", "C"], 3), ("single", ["B"], 2),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["A.一\nB.二\nC.三", "一|二|三", "一;二;三", "A、一；B、二；C、三", "一\n二\n三"])
def test_all_options_in_one_cell(cell: str) -> None:
    (record,) = read(["题型", "题干", "选项", "答案"], ["单选", "甲题？", cell, "B"])
    assert ([option.text for option in record.options], record.right) == (["一", "二", "三"], ["B"])


def test_sheet_name_tells_the_type() -> None:
    (record,) = read(["试题", "选项A", "选项B", "选项C", "答案"], ["甲？", "一", "二", "三", "B"], sheet="多选题")
    assert (record.question_type, record.right) == ("multiple", ["B"])


def test_zero_is_an_option_and_trailing_blanks_are_not() -> None:
    (record,) = read(WIDE, ["单选", "几日？", "0", "10", "20", "  ", "A"])
    assert [option.text for option in record.options] == ["0", "10", "20"]


@pytest.mark.parametrize(
    ("key", "right"), [("对", "T"), ("√", "T"), ("1", "T"), ("错误", "F"), ("0", "F"), ("\uff26", "F")]
)
def test_true_false_without_options(key: str, right: str) -> None:
    assert read(WIDE, ["判断题", "甲说法。", "", "", "", "", key])[0].right == [right]


def test_letter_key_of_a_statement_without_options_is_not_guessed() -> None:
    (record,) = read(WIDE, ["判断题", "甲说法。", "", "", "", "", "A"])
    assert "no option says" in record.problems[0].message


@pytest.mark.fault("F45")
@pytest.mark.parametrize(
    ("key", "right"),
    [("\uff21\uff23", ["A", "C"]), ("a,c", ["A", "C"]), ("A；C。", ["A", "C"]), ("CA", ["A", "C"])],
)
def test_f45_keys_in_every_writing(key: str, right: list[str]) -> None:
    assert read(WIDE, ["多选题", "甲？", "一", "二", "三", "", key])[0].right == right


def test_key_that_is_the_text_of_an_option() -> None:
    assert read(WIDE, ["单选题", "甲？", "“一”日", "二日", "", "", "“一”日"])[0].right == ["A"]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (["单选题", "甲？", "一", "二", "", "", "D"], "G", "The key names"),
        (["单选题", "甲？", "一", "二", "", "", ""], "G", "The key is missing."),
        (["单选题", "", "一", "二", "", "", "A"], "B", "The question has no text."),
        (["单选题", "甲？", "一", "", "", "", "A"], "D", "There is only one option"),
        (["单选题", "甲？", "一", "", "三", "", "A"], "D", "Option %(letter)s is empty."),
        (["单选题", "甲？", "一", "二", "", "", "AB"], "G", "A single-choice question"),
        (["填空题", "甲__？", "", "", "", "", "一"], "A", "Questions of the type"),
        (["判断题", "甲。", "一", "二", "", "", "A"], "C", "A true/false question"),
    ],
)
def test_refused_rows_name_row_column_and_reason(row: list[str], column: str, message: str) -> None:
    (record,) = read(WIDE, row)
    assert record.place.params["column"] == column
    assert record.place.params["place"]["params"] == {"sheet": "Sheet1", "row": 2}
    assert record.problems[0].message.startswith(message)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["部门", "邮箱", "密码", "姓名"], ["一队", "a@b", "x", "王丽"]], "not_questions"),
        ([["商品", "价格"], ["伞", "12"]], "columns_missing"),
        ([["题型", "题干", "选项A", "选项B"], ["单选", "甲？", "一", "二"]], "columns_missing"),
        ([WIDE], "no_questions"),
    ],
)
def test_sheets_that_are_not_questions_are_refused_whole(rows: list[list[str]], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(*rows)
    assert refusal.value.code == code


def test_columns_taken_and_not_used_are_told() -> None:
    (sheet,) = _reading(
        [{"name": "题", "first_row": 1, "rows": [[*WIDE, "分值"], ["单选题", "甲？", "一", "二", "", "", "A", "2"]]}]
    ).sheets
    assert [(column.header, column.field) for column in sheet.columns][:3] == [
        ("题型", "type"),
        ("题干", "stem"),
        ("选项A", "option_A"),
    ]
    assert (sheet.ignored, sheet.header_row, sheet.found) == (["分值"], 1, 1)


def test_no_break_spaces_go_and_the_wording_stays() -> None:
    (record,) = read(WIDE, ["单选题", "  甲（\u00a0\u00a0）说法１：\n乙。 ", "一", "二", "", "", "A"])
    assert record.stem == "甲（ ）说法１：\n乙。"


def test_our_template_is_understood_and_its_examples_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    target = BytesIO()
    template.write_template(target)
    path.write_bytes(target.getvalue())
    with pytest.raises(Refused) as refusal:
        reading.read(str(path), "template.xlsx")
    assert refusal.value.code == "no_questions"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "题干",
                    "答案",
                    "选项A",
                    "B",
                    "单选题",
                    "甲？",
                    "A",
                    "",
                    "1",
                    "0",
                    "AB",
                    "对",
                    "选项",
                    "x" * 5000,
                    "是否正确项",
                    "选项内容",
                    "题型",
                ]
            ),
            max_size=8,
        ),
        max_size=12,
    )
)
def test_parser_never_fails_but_by_refusal(rows: list[list[str]]) -> None:
    try:
        records = read(*rows)
    except Refused:
        return
    for record in records:
        ids = {option.id for option in record.options}
        assert record.problems or (len(ids) >= 2 and record.right and set(record.right) <= ids)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=10))
def test_any_row_can_be_looked_at_as_a_header(row: list[str]) -> None:
    columns = read_header(row)
    assert all(index < len(row) for index in [*columns.fields.values(), *columns.options.values()])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF-1.7", "not_supported"),
        ("a.json", b'[{"question": 1}]', "not_supported"),
        ("a.xml", b"<?xml version='1.0'?><quiz/>", "not_supported"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_supported"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_damaged"),
        ("a.txt", b"  \n", "file_empty"),
        ("a.txt", bytes(range(256)) * 8, "unknown_encoding"),
        ("a.csv", "甲,乙\n".encode("gb18030") + b"\xff\xff\x00\x01" * 50, "unknown_encoding"),
        ("a.xlsx", b"PK\x03\x04broken", "archive_unreadable"),
    ],
)
def test_other_kinds_of_file_are_refused_by_name(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        reading.read(str(path), name)
    assert refusal.value.code == code
