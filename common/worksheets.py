"""Workbooks and CSV: written so that no cell becomes a formula, read so that nothing hostile
meets the web process.

`write` is what every exporter uses (fault F41). `read` starts the sandbox; the reading itself
stands in
`common.worksheet_reader`, which runs there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, cast

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from common import sandbox

# What begins like this would become a live formula in Excel, or in the CSV somebody saves from it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Characters that XML 1.0 cannot hold; openpyxl refuses the whole workbook over one of them.
UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
EXCEL_CELL_LIMIT = 32767

Cell = str | int | float | Decimal | date | datetime | None

_HEADER_FONT = Font(bold=True, color="FFFFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="FF1F4E5F")
_HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
_TEXT_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
_LINE = Border(bottom=Side(style="thin", color="FFD5DADD"))


@dataclass(frozen=True)
class Choice:
    """A column whose cells offer a list of values (at most 255 characters in all, Excel's
    limit).
    """

    column: int
    values: Sequence[str]


@dataclass(frozen=True)
class Table:
    """One sheet to be written: a title for its tab, a header row, rows.

    Attributes:
        widths: column widths in characters; columns without one get 16.
        choices: drop-down lists for columns (counted from 0), for the first thousand rows.
        notes: lines above the header row, such as what the sheet is and when it was made.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    choices: Sequence[Choice] = ()
    notes: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Sheet:
    """One sheet as the clerk sees it: every cell as displayed text, `rows[0]` is row `first_row`
    of the sheet.
    """

    name: str
    rows: list[list[str]]
    first_row: int = 1


def write(target: str | Path | IO[bytes], tables: Iterable[Table]) -> None:
    """Write a workbook: styled header, frozen panes, filter; strings are always text cells,
    never formulas.
    """
    book = Workbook(write_only=True)
    for table in tables:
        _write_table(book, table)
    book.save(target)


def safe_csv_cell(value: str) -> str:
    """Return the text with a leading apostrophe when a spreadsheet program would run it as a
    formula.
    """
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def read(path: str | Path, *, name: str = "") -> list[Sheet]:
    """Read .xlsx, .xls or CSV in the sandbox; empty sheets are left out.

    `name` is the file's name as uploaded, whose ending helps where the content does not tell.

    Raises:
        BadInput: not such a file, damaged, protected, or too large to be read within the limits.
    """
    found = sandbox.run("common.worksheet_reader.read", str(path), name or Path(path).name)
    return [Sheet(sheet["name"], sheet["rows"], sheet["first_row"]) for sheet in found]


def _write_table(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_safe_title(table.title, book.sheetnames))
    header_row = len(table.notes) + 1
    columns = max(1, len(table.header))
    for index in range(columns):
        width = table.widths[index] if index < len(table.widths) else 16
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    sheet.freeze_panes = f"A{header_row + 1}"
    for note in table.notes:
        sheet.append([_cell(sheet, note)])
    sheet.append([_header_cell(sheet, title) for title in table.header])
    count = 0
    for count, row in enumerate(table.rows, start=1):  # noqa: B007  (counted while streaming)
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A{header_row}:{get_column_letter(columns)}{header_row + count}"
    for choice in table.choices:
        _offer(sheet, choice, header_row)


def _offer(sheet: Worksheet, choice: Choice, header_row: int) -> None:
    quoted = ",".join(choice.values)
    rule = DataValidation(type="list", formula1=f'"{quoted}"', allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(choice.column + 1)
    rule.add(f"{letter}{header_row + 1}:{letter}{header_row + 1000}")
    sheet.data_validations.append(rule)


def _safe_title(title: str, taken: Sequence[str]) -> str:
    # Excel forbids these characters and more than 31 of any.
    clean = "".join("_" if character in "[]:*?/\\" else character for character in title)[:31] or "Sheet"
    number = 2
    unique = clean
    while unique in taken:
        unique = f"{clean[:27]} ({number})"
        number += 1
    return unique


def _header_cell(sheet: Worksheet, title: str) -> Any:
    cell = _cell(sheet, title)
    cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _HEADER_ALIGNMENT
    return cell


def _cell(sheet: Worksheet, value: Cell) -> Any:
    if isinstance(value, datetime) and timezone.is_aware(value):
        # Excel knows no time zones: what stands in the cell is local time, as on the pages.
        value = timezone.localtime(value).replace(tzinfo=None)
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, cast("Any", value))
    # Strings go round openpyxl's guessing: it would make a formula of "=…".
    cell: Any = WriteOnlyCell(sheet, None)
    cell._value = value.translate(UNWRITABLE)[:EXCEL_CELL_LIMIT]
    cell.data_type = "s"
    cell.alignment, cell.border = _TEXT_ALIGNMENT, _LINE
    if value.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell
