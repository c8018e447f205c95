"""Workbooks: what is written is text, what is read is what the clerk saw, what is hostile ends
quickly.
"""

import contextlib
import io
import time
import zipfile
from datetime import time as clock_time

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from common import worksheets
from common.errors import BadInput
from common.sandbox_child import Refused
from common.worksheet_reader import decode, shown, sniff_delimiter
from common.worksheets import Choice, Table

DANGEROUS = ["=1+1", "+86 10", "-5", "@cmd", "\t=1", '=HYPERLINK("http://x","y")', "\r=2"]


def test_f41_formula_like_text_stays_text(tmp_path) -> None:
    path = tmp_path / "out.xlsx"
    worksheets.write(path, [Table("名单", ["姓名", "=A1"], [[value, 1] for value in DANGEROUS])])
    sheet = openpyxl.load_workbook(path)["名单"]
    assert sheet["B1"].data_type == "s"
    for row, value in enumerate(DANGEROUS, start=2):
        cell = sheet.cell(row, 1)
        assert cell.data_type == "s"
        assert cell.quotePrefix
        assert cell.value.strip() == value.strip()
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_f41_csv_cell_is_prefixed() -> None:
    assert worksheets.safe_csv_cell("=1+1") == "'=1+1"
    assert worksheets.safe_csv_cell("王丽") == "王丽"


def test_written_sheet_has_frozen_header_filter_and_choices(tmp_path) -> None:
    path = tmp_path / "out.xlsx"
    table = Table(
        "题",
        ["题型", "题干"],
        [["单选题", "甲"]],
        widths=[8, 40],
        choices=[Choice(0, ["单选题", "多选题"])],
    )
    worksheets.write(path, [table])
    sheet = openpyxl.load_workbook(path)["题"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet.column_dimensions["B"].width == 40
    assert sheet.data_validations.dataValidation[0].formula1 == '"单选题,多选题"'


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_written_text_reads_back_the_same(tmp_path, rows) -> None:
    path = tmp_path / "round.xlsx"
    worksheets.write(path, [Table("甲", ["一", "二"], rows)])
    book = openpyxl.load_workbook(path)
    assert [[cell.value for cell in row if cell.value is not None] for row in book["甲"].iter_rows(min_row=2)] == rows


def test_read_shows_numbers_as_the_clerk_saw_them(tmp_path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["值", 1.0, 0.2, 0, clock_time(6, 0), 0.1 + 0.2, 7, 1234.5])
    for column, number_format in {3: "0%", 7: "0000", 8: "#,##0.00"}.items():
        sheet.cell(1, column).number_format = number_format
    path = tmp_path / "in.xlsx"
    book.save(path)
    assert worksheets.read(path)[0].rows == [["值", "1", "20%", "0", "06:00", "0.3", "0007", "1,234.50"]]


def test_read_keeps_row_numbers_behind_blank_rows(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active["B3"] = "first"
    book.active["B5"] = "second"
    path = tmp_path / "in.xlsx"
    book.save(path)
    sheet = worksheets.read(path)[0]
    assert (sheet.first_row, sheet.rows) == (3, [["", "first"], [], ["", "second"]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_f45_csv_is_read_in_every_usual_encoding(tmp_path, encoding) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("题干;答案\r\n“执法”是什么？;\uff21\r\n".encode(encoding))
    assert worksheets.read(path)[0].rows == [["题干", "答案"], ["“执法”是什么？", "\uff21"]]


def test_f45_bytes_of_no_known_encoding_are_refused(tmp_path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(BadInput) as refusal:
        worksheets.read(path)
    assert refusal.value.code == "unknown_encoding"


def test_sniffed_delimiter_survives_commas_in_the_text() -> None:
    assert sniff_delimiter("a;b;c\n1,5;2,5;3\n1,0;2,0;x,y,z") == ";"
    assert sniff_delimiter("a\tb\n1,2\t3") == "\t"
    assert sniff_delimiter("") == ","


def _workbook_with_sheet(xml: str) -> io.BytesIO:
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    target = io.BytesIO()
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for entry in source.infolist():
            content = xml.encode() if entry.filename.endswith("sheet1.xml") else source.read(entry)
            archive.writestr(entry.filename, content)
    return target


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CELL = '<row r="{row}"><c r="{ref}" t="inlineStr"><is><t>x</t></is></c></row>'


@pytest.mark.parametrize("ref", ["XFD1048576", "Z1048576", "XFD1"])
def test_f44_one_far_cell_ends_quickly(tmp_path, ref) -> None:
    row = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    path = tmp_path / "far.xlsx"
    first = CELL.format(row=1, ref="A1") if row != "1" else ""
    path.write_bytes(_workbook_with_sheet(SHEET % (first + CELL.format(row=row, ref=ref))).getvalue())
    begun = time.monotonic()
    code = "read"
    try:
        worksheets.read(path)
    except BadInput as refusal:
        code = refusal.code
    assert code in {"read", "too_many_rows", "file_too_large", "file_too_slow", "file_empty"}
    assert time.monotonic() - begun < 30


def test_f44_many_empty_rows_end_in_success_or_a_sentence(tmp_path, settings) -> None:
    settings.MINGFA_SANDBOX_CPU_SECONDS = 5
    rows = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(1, 400_001))
    path = tmp_path / "empty_rows.xlsx"
    path.write_bytes(_workbook_with_sheet(SHEET % rows).getvalue())
    with pytest.raises(BadInput) as refusal:
        worksheets.read(path)
    assert refusal.value.code in {"file_empty", "file_too_slow"}


def test_f42_entity_bomb_in_a_workbook_is_refused(tmp_path) -> None:
    bomb = (
        '<!DOCTYPE b [<!ENTITY a "xxxxxxxxxx"><!ENTITY c "&a;&a;&a;">]>'
        + SHEET % '<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>'
    )
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_workbook_with_sheet(bomb).getvalue())
    with pytest.raises(BadInput):
        worksheets.read(path)


def test_other_kinds_of_file_are_named(tmp_path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(b"%PDF-1.7 ...")
    with pytest.raises(BadInput) as refusal:
        worksheets.read(path)
    assert refusal.value.code == "not_a_workbook"


def test_displayed_values() -> None:
    assert [shown(True, ""), shown(12, "General"), shown(0.015, "0.0%"), shown(2.5, "0.00")] == [
        "TRUE",
        "12",
        "1.5%",
        "2.50",
    ]


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Co", "Cn", "Cs"])))
def test_decode_returns_saved_text(text) -> None:
    assert decode(text.encode("utf-8-sig")) == text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_decode_never_fails_but_by_refusal(content) -> None:
    with contextlib.suppress(Refused):
        assert isinstance(decode(content), str)
