"""Tables of questions → drafts: workbooks, CSV, tables in Word.

    sheet → header rows (with titles above, with sections between) → rows → drafts

Two shapes: wide (one row a question, a column per option or one cell for all) and long (one row
an option).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from common.sandbox_child import Refused, gettext_noop
from question_banks.importers import answers
from question_banks.importers.drafts import Draft, build
from question_banks.importers.headers import PEOPLE_WORDS, Columns, field_titles, read_header
from question_banks.importers.labels import split_options
from question_banks.question_types.record import Reading, Record, Sentence, TakenColumn, TakenSheet

# A title, a help text and a blank row or two may stand above the header.
HEADER_WITHIN = 20
ROW_PLACE = gettext_noop("sheet “%(sheet)s”, row %(row)s")


@dataclass
class Block:
    """Rows under one header, with the type that sheet or section names."""

    sheet: str
    header_row: int
    columns: Columns
    declared: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    @cached_property
    def letters(self) -> dict[str, str]:
        """Return field → letter of its column, as the sheet's own head shows it."""
        columns = self.columns.fields | {f"option_{letter}": index for letter, index in self.columns.options.items()}
        return {name: column_letter(index) for name, index in columns.items()}

    def cell(self, row: list[str], name: str) -> str:
        """Return the text in a named column, "" when there is none."""
        index = self.columns.fields.get(name)
        return row[index] if index is not None and index < len(row) else ""


def read_sheets(sheets: list[dict[str, Any]], *, name: str, format_name: str) -> Reading:
    """Return what the sheets hold. `name` is the file's, whose words (单选题.xlsx) name a type
    where nothing else does.

    Raises:
        Refused: no sheet has the columns of questions; the sentence names those missing and
        those found.
    """
    # Our own template keeps its examples in a sheet that says so.
    sheets = [sheet for sheet in sheets if "不导入" not in sheet["name"]]
    blocks = [block for sheet in sheets for block in _blocks(sheet, answers.question_type(name))]
    usable = [block for block in blocks if block.columns.is_usable()]
    if not usable:
        raise _no_columns(sheets, blocks)
    taken: list[TakenSheet] = []
    records: list[Record] = []
    for block in usable:
        found = [build(draft) for draft in _drafts(block)]
        taken.append(_taken(block, len(found)))
        records.extend(found)
    if not records:
        raise Refused(
            gettext_noop("The columns are right, but no question stands below the header in row %(row)s."),
            code="no_questions",
            row=usable[0].header_row,
        )
    return Reading(format=format_name, sheets=taken, records=records)


# --- header rows ----------------------------------------------------------------------------------
def _blocks(sheet: dict[str, Any], file_hint: str) -> Iterator[Block]:
    hint = answers.question_type(sheet["name"]) or file_hint
    section = ""
    current: Block | None = None
    for number, row in enumerate(sheet["rows"], start=sheet["first_row"]):
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            continue
        if len(filled) == 1 and _is_section(filled[0]):
            section = answers.question_type(filled[0])
            continue
        columns = read_header(row) if current is None or _repeats_header(row) else None
        if columns and columns.is_header():
            if current:
                yield current
            declared = section or columns.hint or hint
            current = Block(sheet["name"], number, columns, "" if declared == "choice" else declared)
        elif current and not current.rows and (letters := _sub_header(current, row)):
            current.columns.options = letters
            current.columns.titles |= {index: letter for letter, index in letters.items()}
            current.columns.fields.pop("options", None)
        elif current:
            current.rows.append((number, row))
        elif number - sheet["first_row"] >= HEADER_WITHIN:
            return
    if current:
        yield current


def _sub_header(block: Block, row: list[str]) -> dict[str, int]:
    """Return letter → column when the row below “选项” names A, B, C… and nothing else: a head of two rows."""
    if "options" not in block.columns.fields:
        return {}
    filled = {index: answers.plain(cell).upper() for index, cell in enumerate(row) if cell.strip()}
    expected = [chr(ord("A") + offset) for offset in range(len(filled))]
    if len(filled) < 2 or list(filled.values()) != expected:
        return {}
    return {letter: index for index, letter in filled.items()}


def _is_section(cell: str) -> bool:
    text = answers.plain(cell)
    return len(text) <= 30 and bool(answers.question_type(text)) and bool(re.search(r"题|单选|多选|判断", text[:14]))


def _repeats_header(row: list[str]) -> bool:
    """A second header, of another section, is a row of short words that name the columns again."""
    return all(len(cell) <= 12 for cell in row) and sum(1 for cell in row if cell.strip()) >= 2


def _no_columns(sheets: list[dict[str, Any]], blocks: list[Block]) -> Refused:
    first: list[str] = next(
        (row for sheet in sheets for row in sheet["rows"] if len([cell for cell in row if cell.strip()]) > 1),
        [],
    )
    if blocks:
        found = [title for title, _name in field_titles(blocks[0].columns)] + blocks[0].columns.ignored
        return Refused(
            gettext_noop("The column for the key (such as “%(needed)s”) is missing. Found columns: %(found)s."),
            code="columns_missing",
            needed="正确答案",
            found=found[:20],
        )
    words = [" ".join(cell.split())[:20] for cell in first if cell.strip()][:12]
    names = {answers.plain(cell) for sheet in sheets for row in sheet["rows"][:HEADER_WITHIN] for cell in row}
    if len(names & PEOPLE_WORDS) >= 2:
        return Refused(
            gettext_noop("This is a list of people, not of questions: its columns are %(found)s."),
            code="not_questions",
            found=sorted(names & PEOPLE_WORDS),
        )
    return Refused(
        gettext_noop(
            "No header row was found. Needed are a column for the question's text (such as "
            "“题干”), one for the key "
            "(“正确答案”) and the options (“选项A”, “选项B” …). The first row reads: %(found)s."
        ),
        code="columns_missing",
        found=words,
    )


def _taken(block: Block, found: int) -> TakenSheet:
    running = "type" in block.columns.fields and _is_running_number(block)
    columns = [
        TakenColumn(header=title, field="group" if name == "type" and running else name)
        for title, name in field_titles(block.columns)
    ]
    return TakenSheet(
        sheet=block.sheet, header_row=block.header_row, columns=columns, ignored=block.columns.ignored, found=found
    )


def _is_running_number(block: Block) -> bool:
    """Return whether a column headed as the type merely counts the rows, as in some sheets."""
    values = [answers.plain(block.cell(row, "type")) for _number, row in block.rows]
    digits = {value for value in values if re.fullmatch(r"\d+", value)}
    return len(digits) > max(4, len(values) // 4)


# --- rows -----------------------------------------------------------------------------------------
def _drafts(block: Block) -> Iterator[Draft]:
    if block.columns.is_long():
        yield from _long_drafts(block)
        return
    codes = _type_codes(block)
    for number, row in block.rows:
        stem = block.cell(row, "stem")
        options = _options(block, row)
        if not stem.strip() and not options and not block.cell(row, "key").strip():
            # Help lines and running numbers without a question are no records.
            continue
        yield _filled(block, number, row, stem, options, codes)


def _filled(
    block: Block,
    number: int,
    row: list[str],
    stem: str,
    options: list[tuple[str, str]],
    codes: dict[str, str],
) -> Draft:
    if not options and "options" not in block.columns.fields and not block.columns.options:
        stem, options = _options_in_stem(stem)
    return Draft(
        place=Sentence(message=ROW_PLACE, params={"sheet": block.sheet, "row": number}),
        stem=stem,
        options=options,
        key=block.cell(row, "key"),
        declared=_declared(block, row, codes),
        explanation=block.cell(row, "explanation"),
        difficulty=block.cell(row, "difficulty"),
        knowledge_points=answers.split_list(block.cell(row, "knowledge")),
        legal_basis=block.cell(row, "legal_basis"),
        source=" ".join(part for part in (block.cell(row, "source").strip(), block.cell(row, "page").strip()) if part),
        external_id=block.cell(row, "external_id"),
        numbered=block.columns.numbered,
        cells=block.letters,
    )


def _options_in_stem(stem: str) -> tuple[str, list[tuple[str, str]]]:
    before, options = split_options(stem)
    return (before, options) if len(options) >= 2 and before.strip() else (stem, [])


def _options(block: Block, row: list[str]) -> list[tuple[str, str]]:
    """Return the options of a wide row; a cell that shows 0 is an option, a blank one behind the
    last is not.
    """
    cells = [
        (letter, row[index] if index < len(row) else "") for letter, index in sorted(block.columns.options.items())
    ]
    while cells and not cells[-1][1].strip(" \u3000\u00a0\n\t"):
        cells.pop()
    if not any(text.strip() for _letter, text in cells):
        cells = []
    together = block.cell(row, "options")
    return cells or (_split_cell(together) if together.strip() else [])


def _split_cell(cell: str) -> list[tuple[str, str]]:
    """Split a cell that holds all options: labelled, or separated by line ends, |, semicolons or
    commas.
    """
    _before, labelled = split_options(answers.clean_line(cell))
    if len(labelled) >= 2:
        return [(letter, text.strip(" \n;；,，|")) for letter, text in labelled]
    for separator in ("\n", "|", ";", "；", "$$", "#", "，", ",", "、"):
        parts = [part.strip() for part in cell.split(separator)]
        while parts and not parts[-1]:
            parts.pop()
        if len(parts) >= 2:
            return [(chr(ord("A") + index), part) for index, part in enumerate(parts[:27])]
    return [("A", cell)]


# --- types ----------------------------------------------------------------------------------------
def _declared(block: Block, row: list[str], codes: dict[str, str]) -> str:
    cell = answers.plain(block.cell(row, "type"))
    if cell in codes:
        return codes[cell]
    named = answers.question_type(cell)
    if named:
        return "" if named == "choice" else named
    return block.declared if block.declared not in ("choice",) else ""


def _type_codes(block: Block) -> dict[str, str]:
    """Return digit → type for a column of codes: by the header's legend, else by what the rows
    of each code hold.

    A column of running numbers, as some sheets have under 题型, has no codes.
    """
    if "type" not in block.columns.fields:
        return {}
    rows = [(answers.plain(block.cell(row, "type")), row) for _number, row in block.rows]
    values = {value for value, _row in rows if re.fullmatch(r"\d+", value)}
    if block.columns.type_codes or not values or _is_running_number(block):
        return block.columns.type_codes if values else {}
    return {value: _type_of_code(block, [row for code, row in rows if code == value]) for value in values}


def _type_of_code(block: Block, rows: list[list[str]]) -> str:
    keys = [block.cell(row, "key") for row in rows]
    if not any(_options(block, row) for row in rows):
        return "true_false" if all(answers.truth(key) is not None for key in keys) else ""
    if all({answers.truth(text) for _letter, text in _options(block, row)} == {True, False} for row in rows):
        return "true_false"
    return "multiple" if any(len(answers.letters(key) or "") > 1 for key in keys) else "single"


# --- one row per option
# ----------------------------------------------------------------------------------------------
def _long_drafts(block: Block) -> Iterator[Draft]:
    for group in _groups(block):
        number, first = group[0]
        options = []
        right = []
        for index, (_number, row) in enumerate(group):
            text = block.cell(row, "option_text")
            if not text.strip():
                continue
            letter = chr(ord("A") + min(index, 26))
            options.append((letter, text))
            if answers.truth(block.cell(row, "option_right")):
                right.append(letter)
        draft = _filled(block, number, first, block.cell(first, "stem"), options, _type_codes(block))
        draft.key = "".join(right) or block.cell(first, "key")
        yield draft


def _groups(block: Block) -> Iterator[list[tuple[int, list[str]]]]:
    """Gather the rows of a question: the number changes, or a new text stands in the question's
    column.
    """
    group: list[tuple[int, list[str]]] = []
    mark = ""
    for number, row in block.rows:
        own = block.cell(row, "group").strip() or block.cell(row, "stem").strip()
        if own and own != mark and group:
            yield group
            group = []
        mark = own or mark
        group.append((number, row))
    if group:
        yield group


def column_letter(index: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    return (column_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)
