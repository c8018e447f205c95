"""Reading of workbooks and CSV inside the sandbox's child: every cell as the text that the
clerk saw.

.xlsx goes through openpyxl, because only it tells number formats (0.2 shown as 20%); .xls
through calamine. Both may
meet hostile files here, in a process with limited memory and time (fault F44).
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from common import archives
from common.sandbox_child import Refused, gettext_noop

# What one file may hold; beyond that nobody looks at the plan any more.
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 32_767
DELIMITERS = ",;\t|"
PlainSheet = dict[str, Any]


def read(path: str, name: str) -> list[PlainSheet]:
    """Return the sheets that hold anything, as ``{"name", "first_row", "rows"}``.

    Raises:
        Refused: not a workbook or CSV, damaged, protected, empty, or too large.
    """
    head = Path(path).read_bytes()[:8]
    if head.startswith(b"PK\x03\x04"):
        sheets = _read_xlsx(path)
    elif head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        sheets = _read_with_calamine(path)
    elif head.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        raise Refused(
            gettext_noop("This is not a workbook. Save the table as .xlsx or .csv and retry."),
            code="not_a_workbook",
        )
    else:
        sheets = [_plain_sheet(Path(name).stem, _csv_rows(decode(Path(path).read_bytes())))]
    filled = [sheet for sheet in sheets if sheet["rows"]]
    if not filled:
        raise Refused(
            gettext_noop("The file is empty: no sheet holds a single filled cell."),
            code="file_empty",
        )
    return filled


def decode(content: bytes) -> str:
    """Return text that was saved as UTF-8 (with or without mark), UTF-16 with mark, or GB18030;
    never guessed further.

    Raises:
        Refused: none of them, or binary.
    """
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Refused(
        gettext_noop(
            "The text of this file is neither UTF-8 nor GB18030 (GBK). Open it in the "
            "program it comes from, "
            "save it as “CSV UTF-8” or as .xlsx, and retry."
        ),
        code="unknown_encoding",
    )


def _is_binary(text: str) -> bool:
    # GB18030 decodes almost anything: control, private-use and unassigned characters give binary
    # files away.
    sample = text[:20_000]
    odd = sum(
        1
        for character in sample
        if character not in "\n\r\t\f" and unicodedata.category(character) in ("Cc", "Co", "Cn")
    )
    return odd > len(sample) // 200


def _plain_sheet(name: str, rows: Iterable[list[str]]) -> PlainSheet:
    """Trim blank rows around and blank cells behind; keep the number of the first row for
    messages.
    """
    kept: list[list[str]] = []
    first_row = 1
    pending = 0
    for number, row in enumerate(rows, start=1):
        cells = [cell[:MAX_CELL_CHARACTERS] for cell in row[:MAX_COLUMNS]]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            pending += 1
            continue
        if not kept:
            first_row = number
        elif pending:
            # A gap of a million rows is one stray cell, not a million rows.
            _check_rows(len(kept) + pending)
            kept.extend([] for _ in range(pending))
        pending = 0
        kept.append(cells)
        _check_rows(len(kept))
    return {"name": name, "first_row": first_row, "rows": kept}


def _check_rows(count: int) -> None:
    if count > MAX_ROWS:
        raise Refused(
            gettext_noop(
                "The sheet reaches beyond row %(limit)s. Delete the rows that are not "
                "needed (also empty ones with "
                "a stray cell below them) and retry."
            ),
            code="too_many_rows",
            limit=MAX_ROWS,
        )


# --- CSV ------------------------------------------------------------------------------------------
def _csv_rows(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(1_000_000)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=sniff_delimiter(text), skipinitialspace=True)
    except csv.Error:
        raise Refused(
            gettext_noop("The columns of this text file cannot be told apart. Save it as .xlsx and retry."),
            code="csv_unreadable",
        ) from None


def sniff_delimiter(text: str) -> str:
    """Return the delimiter that gives the most columns in the most of the first rows; a comma
    when none does.
    """
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    scores = {delimiter: _columns(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else ","


def _columns(lines: list[str], delimiter: str) -> float:
    if not lines:
        return 0
    header = lines[0].count(delimiter)
    agreeing = sum(1 for line in lines if line.count(delimiter) >= max(1, header))
    return header * agreeing / len(lines)


# --- .xls and workbooks that openpyxl cannot open
# ----------------------------------------------------------------
def _read_with_calamine(path: str) -> list[PlainSheet]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except python_calamine.PasswordError:
        raise _protected() from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise _damaged() from None
    return [
        _plain_sheet(name, ([shown(value, "General") for value in row] for row in _all_rows(sheet)))
        for name, sheet in sheets
    ]


def _all_rows(sheet: Any) -> Iterator[list[Any]]:
    # calamine begins at the first filled cell; rows and columns before it are put back for the
    # clerk's numbers.
    yield from sheet.to_python(skip_empty_area=False)


# --- .xlsx ----------------------------------------------------------------------------------------
def _read_xlsx(path: str) -> list[PlainSheet]:
    names = archives.check(path)
    if not any(name.replace("\\", "/").endswith("workbook.xml") for name in names):
        raise Refused(
            gettext_noop("This is a zip archive or another kind of document, not a workbook (.xlsx)."),
            code="not_a_workbook",
        )
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return [_plain_sheet(sheet.title, _xlsx_rows(sheet)) for sheet in book.worksheets]
    except (Refused, MemoryError):
        raise
    except Exception:  # noqa: BLE001  (openpyxl throws anything at what other programs wrote; calamine is more patient)
        return _read_with_calamine(path)


def _xlsx_rows(sheet: Any) -> Iterator[list[str]]:
    # The stated dimension lies in files of some programs.
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        # Without a last column, missing rows come as empty tuples: a million of them cost nothing.
        yield [shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in row[:MAX_COLUMNS]]


def _protected() -> Refused:
    return Refused(
        gettext_noop("The workbook is protected by a password. Save it without one, and retry."),
        code="file_protected",
    )


def _damaged() -> Refused:
    return Refused(
        gettext_noop(
            "The workbook cannot be opened; it may be damaged or of another kind. Save it again as .xlsx, and retry."
        ),
        code="file_damaged",
    )


# --- how a value is displayed
# ---------------------------------------------------------------------------------------
def shown(value: Any, number_format: str) -> str:
    """Return a cell's value as its number format displays it, as far as clerks depend on it.

    Whole numbers without “.0”, percentages, fixed decimals, leading zeros, dates and times;
    other formats give the
    plain number.
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _shown_number(value, number_format)
        case datetime():
            return _shown_datetime(value)
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M:%S") if value.second else value.strftime("%H:%M")
        case timedelta():
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return str(value)


def _shown_datetime(value: datetime) -> str:
    if value.time() == time(0):
        return value.date().isoformat()
    return value.strftime("%Y-%m-%d %H:%M:%S") if value.second else value.strftime("%Y-%m-%d %H:%M")


def _shown_number(value: float, number_format: str) -> str:
    pattern = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", (number_format or "General").split(";")[0])
    decimals = len(match.group(1)) if (match := re.search(r"\.(0+)", pattern)) else 0
    if "%" in pattern:
        # 0.2 × 100 must not become 20.000000000000004.
        return f"{round(value * 100, 10):.{decimals}f}%" if decimals else f"{_plain_number(round(value * 100, 10))}%"
    if re.fullmatch(r"[#,0]*0\.0+", pattern):
        return f"{value:,.{decimals}f}" if "," in pattern else f"{value:.{decimals}f}"
    if re.fullmatch(r"0{2,}", pattern) and float(value).is_integer():
        # 000000: a code whose leading zeros the program only displays.
        return f"{int(value):0{len(pattern)}d}"
    if pattern in ("#,##0", "#,###") and float(value).is_integer():
        return f"{int(value):,}"
    return _plain_number(value)


def _plain_number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    # Excel shows fifteen digits; repr would show 0.30000000000000004.
    return f"{value:.15g}"
