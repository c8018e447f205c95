"""Word and text banks: what the dialects have in common, on made-up examples."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings, strategies as st

from common.sandbox_child import Refused
from question_banks.importers import documents, reading, text
from question_banks.importers.labels import split_options
from question_banks.importers.text import Line
from question_banks.question_types.record import Record


def read(content: str, name: str = "题库") -> list[Record]:
    lines = [Line(number, line) for number, line in enumerate(content.strip("\n").split("\n"), start=1)]
    return text.read_lines(lines, name=name, unit="line %(number)s", format_name="text").records


def wide(text: str) -> str:
    """Return full-width forms."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def codes(record: Record) -> list[str]:
    return [problem.message.split("%")[0].strip() for problem in record.problems]


KEY_FIRST = """
3518
现场检查不得少于（ ）人。
正确答案：B
A.一
B.两
C.三
D.四
3520
罚款决定由谁作出？
正确答案：A
A：行政机关
B：当事人
"""


def test_paragraph_per_field_with_the_key_first() -> None:
    first, second = read(KEY_FIRST)
    assert (first.stem, first.right, [option.text for option in first.options]) == (
        "现场检查不得少于（ ）人。", ["B"], ["一", "两", "三", "四"],
    )  # fmt: skip
    assert (first.place.params, second.right) == ({"number": 1, "label": "3518"}, ["A"])


def test_tab_separated_fields_with_glued_options() -> None:
    (record,) = read("12\t听证由谁主持？\t正确答案：C\tA：调查人员\tB：当事人C：非本案人员\tD：任何人")
    assert [option.text for option in record.options] == ["调查人员", "当事人", "非本案人员", "任何人"]
    assert not record.problems


def test_glued_label_after_a_digit() -> None:
    (record,) = read("12\t期限为几日？\t正确答案：C\tA：30\tB：60C：15\tD：90")
    assert [option.text for option in record.options] == ["30", "60", "15", "90"]


def test_letters_inside_an_option_are_text() -> None:
    _stem, options = split_options("A、维生素A、B、C\nB、铁\nC、锌")
    assert options == [("A", "维生素A、B、C\n"), ("B", "铁\n"), ("C", "锌")]


def test_polarity_is_read_from_each_record() -> None:
    records = read("1\n甲说法。\n正确答案：B\nA．错误\nB．正确\n2\n乙说法。\n正确答案：B\nA：对\nB：错")
    assert [(record.question_type, record.right) for record in records] == [
        ("true_false", ["T"]),
        ("true_false", ["F"]),
    ]


def test_merged_options_are_refused_and_equal_copies_kept_with_a_note() -> None:
    merged, equal = read(
        "7\n甲题？\n正确答案：A\nA：一,A：壹\nB：二,B：贰\n8\n乙题？\n正确答案：A\nA：机关,A：机关\nB：法院,B：法院"
    )
    assert codes(merged) == ["Option"]
    assert merged.problems[0].params["letters"] == ["A", "B"]
    assert (equal.problems, [option.text for option in equal.options]) == ([], ["机关", "法院"])
    assert len(equal.notes) == 1


def test_lost_option_is_named_not_moved_up() -> None:
    (record,) = read("3\n办理下列事项。A许可\n正确答案：AB\nB.确认\nC.给付")
    assert record.problems[0].params == {"missing": ["A"], "found": ["B", "C"]}


def test_line_end_inside_a_field_is_no_new_record() -> None:
    first, second = read(
        "1\t县级以上人民\n政府负责什么？\t正确答案：A\tA：组织\tB：监\n督\n2\t乙题？\t正确答案：B\tA：一\tB：二"
    )
    assert (first.stem, first.options[1].text) == ("县级以上人民政府负责什么？", "监督")
    assert second.right == ["B"]


NUMBERED = """
一、单选题（每题1分）
1、甲题（ ）。
A、一  B、二  C、三
答案：C
解析：因为三。
2．乙题？
A．甲方
B．乙方
【答案】A【解析】略。【难度】难
二、多选题
1.丙题？
A.子
B.丑
C.寅
参考答案：A、C
三、判断题
1.丁说法。（√）
2.戊说法。
答案：×
"""


def test_headings_name_the_type_and_numbers_begin_again() -> None:
    records = read(NUMBERED)
    assert [(record.question_type, record.right) for record in records] == [
        ("single", ["C"]), ("single", ["A"]), ("multiple", ["A", "C"]), ("true_false", ["T"]), ("true_false", ["F"]),
    ]  # fmt: skip
    assert (records[0].explanation, records[1].explanation, records[1].difficulty) == ("因为三。", "略。", 4)
    assert all(not record.problems for record in records)


def test_key_in_the_stem_is_taken_out() -> None:
    (record,) = read("1.现场检查不得少于（B）人。\nA.一\nB.两")
    assert (record.stem, record.right) == ("现场检查不得少于（ ）人。", ["B"])
    assert len(record.notes) == 1


def test_keys_that_stand_together_at_the_end() -> None:
    questions = (
        "一、单选题\n1.甲？\nA.一\nB.二\n2.乙？\nA.一\nB.二\n3.丙？\nA.一\nB.二\n二、判断题\n1.丁说法。\n2.戊说法。\n"
    )
    records = read(f"{questions}参考答案\n一、单选题\n1-2 AB 3.B\n二、判断题\n1.√ 2.×")
    assert [record.right for record in records] == [["A"], ["B"], ["B"], ["T"], ["F"]]
    # A range that counts wrong tells nothing.
    missing = read(f"{questions}参考答案\n一、单选题\n1-3 AB\n二、判断题\n1.√ 2.×")
    assert [codes(record) for record in missing[:3]] == [["The key is missing."]] * 3


def test_key_before_the_number_and_key_glued_to_the_last_option() -> None:
    first, second = read("判断题\n（√）1.甲说法。\n（ × ）2.乙说法。")
    assert [(record.stem, record.right) for record in (first, second)] == [
        ("甲说法。（ ）", ["T"]),
        ("乙说法。（ ）", ["F"]),
    ]
    (glued,) = read("1.几人？\nA.一人\nB.两人正确答案：B")
    assert (glued.right, glued.options[1].text) == (["B"], "两人")


def test_numbers_glued_to_the_stem_are_told_by_the_one_that_is_due() -> None:
    first, second = read("判断题\n1对党员的说法。\n正确答案：对\n22017年修订了章程。\n正确答案：错")
    assert (first.stem, second.stem) == ("对党员的说法。", "2017年修订了章程。")


def test_questions_without_numbers() -> None:
    records = read("甲题？\nA.一\nB.二\n答案：A\n\n乙题？\nA.三\nB.四\n答案：B")
    assert [(record.stem, record.right) for record in records] == [("甲题？", ["A"]), ("乙题？", ["B"])]


def test_f45_full_width_letters_and_digits_are_understood() -> None:
    number, first, second = wide("12"), wide("A"), wide("B")
    (record,) = read(f"{number}\n甲题？\n正确答案：{second}\n{first}．一\n{second}．二")
    assert (record.right, [option.id for option in record.options]) == (["B"], ["A", "B"])


def test_case_with_several_questions_is_one_named_refusal() -> None:
    content = "\n".join(
        f"{number}\t某公司排污被查。\n1. 应否处罚？\n正确答案：A\nA：是\nB：否也\n"
        "2. 依据何在？\n正确答案：B\nA：一\nB：二"
        for number in (17, 18, 19)
    )
    records = read(content)
    assert len(records) == 3
    assert all(codes(record) == ["This is a case with"] for record in records)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("1\n\n正确答案：A\nA.一\nB.二", "The question has no text."),
        ("1\n甲题？\nA.一\nB.二\n2\n乙题？\n正确答案：A\nA.一\nB.二", "The key is missing."),
        ("1\n甲题？\n正确答案：E\nA.一\nB.二", "The key names"),
        ("1\n甲题？\n正确答案：A\nA.一", "There is only one option; at least two are needed."),
        ("1\n甲题？\n正确答案：丙丁\nA.一\nB.二", "The key “"),
    ],
)
def test_what_is_not_whole_is_refused_with_its_reason(content: str, message: str) -> None:
    assert message in codes(read(content)[0])


def test_text_without_questions_is_refused_whole() -> None:
    with pytest.raises(Refused):
        read("第一章 总则\n第一条 为了规范行政处罚，制定本法。")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "1",
                "2",
                "A.一",
                "B：二",
                "正确答案：A",
                "答案",
                "题",
                "\t",
                "C",
                "（A）",
                "解析：x",
                "12.3",
                "对",
                "一、单选题",
                "D、",
            ]
        ),
        max_size=30,
    )
)
def test_parser_never_fails_but_by_refusal(pieces: list[str]) -> None:
    try:
        records = read("\n".join(pieces))
    except Refused:
        return
    for record in records:
        ids = {option.id for option in record.options}
        assert record.problems or (len(ids) >= 2 and set(record.right) <= ids and record.right)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=20),
            st.lists(
                st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=9),
                min_size=2,
                max_size=6,
                unique=True,
            ),
            st.integers(0, 5),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_written_bank_is_read_back_whole(questions: list[tuple[str, list[str], int]]) -> None:
    lines = []
    for number, (stem, options, right) in enumerate(questions, start=1):
        # Words that mark fields or headings are the parser's own and are tested above.
        stem = f"关于{stem}的说法是"
        lines += [str(1000 + number), stem, f"正确答案：{'ABCDEF'[right % len(options)]}"]
        lines += [f"{'ABCDEF'[index]}：某{option}" for index, option in enumerate(options)]
    records = read("\n".join(lines))
    assert [(record.stem, record.right) for record in records] == [
        (f"关于{stem}的说法是", ["ABCDEF"[right % len(options)]]) for stem, options, right in questions
    ]


# --- Word ----------------------------------------------------------------------------------------------------------
def test_word_paragraphs_lists_and_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("1.甲题（ ）。", "A.一\tB.二", "答案：A"):
        document.add_paragraph(line)
    for line in ("乙题（ ）。", "丙题（ ）。"):
        document.add_paragraph(line, style="List Number")
    path = tmp_path / "bank.docx"
    document.save(str(path))
    lines = documents.read_document(str(path)).lines
    assert [line.text for line in lines[:3]] == ["1.甲题（ ）。", "A.一\tB.二", "答案：A"]
    record = read("\n".join(line.text for line in lines[:3]))[0]
    assert [option.text for option in record.options] == ["一", "二"]


def test_word_table_is_read_as_a_sheet(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=4)
    for row, cells in zip(table.rows, (["题干", "选项A", "选项B", "答案"], ["甲题？", "一", "二", "B"]), strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = value
    path = tmp_path / "bank.docx"
    document.save(str(path))
    (record,) = reading.read(str(path), "bank.docx")["records"]
    assert (record["stem"], record["right"]) == ("甲题？", ["B"])


def _docx(xml: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return target.getvalue()


@pytest.mark.fault("F42")
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;">]>',
    ],
)
def test_f42_document_type_declarations_are_refused(tmp_path: Path, declaration: str) -> None:
    path = tmp_path / "evil.docx"
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    path.write_bytes(_docx((declaration + body).encode()))
    with pytest.raises(Refused) as refusal:
        reading.read(str(path), "evil.docx")
    assert refusal.value.code == "file_damaged"
