"""The door of the parsers: tells what a file is by its content and reads it. Runs in the
sandbox's child.
"""

import re
import zipfile
from pathlib import Path
from typing import Any

from common import archives, worksheet_reader
from common.sandbox_child import Refused, gettext_noop
from question_banks.importers import documents, tables, text
from question_banks.importers.headers import read_header
from question_banks.question_types.record import Reading

# Names for --format; "" lets the content decide.
FORMATS = ("workbook", "csv", "word", "text")
PARAGRAPH = gettext_noop("paragraph %(number)s (no. %(label)s)")
LINE = gettext_noop("line %(number)s (no. %(label)s)")
_UNREADABLE_STARTS = {
    b"%PDF": gettext_noop("PDF files cannot be imported. Save the questions as Word (.docx) or Excel (.xlsx)."),
    b"{\\rtf": gettext_noop("RTF files cannot be imported. Save the questions as Word (.docx)."),
    b"\x89PNG": gettext_noop("This is a picture, not a text. Save the questions as Word (.docx) or Excel (.xlsx)."),
    b"\xff\xd8\xff": gettext_noop(
        "This is a picture, not a text. Save the questions as Word (.docx) or Excel (.xlsx)."
    ),
}


def read(path: str, name: str, format_name: str = "") -> dict[str, Any]:
    """Return the `Reading` of a file as plain data. `name` is its name as uploaded.

    Raises:
        Refused: not a file of questions, or one that cannot be read.
    """
    return _read(path, name, format_name or _detect(path, name)).model_dump()


def _read(path: str, name: str, format_name: str) -> Reading:
    stem = Path(name).stem
    if format_name == "word":
        return _read_word(path, stem)
    if format_name == "text":
        return _read_text(path, stem)
    return tables.read_sheets(worksheet_reader.read(path, name), name=stem, format_name=format_name)


def _detect(path: str, name: str) -> str:
    with Path(path).open("rb") as opened:
        head = opened.read(4096)
    if not head.strip():
        raise Refused(gettext_noop("The file is empty."), code="file_empty")
    for start, sentence in _UNREADABLE_STARTS.items():
        if head.startswith(start):
            raise Refused(sentence, code="not_supported")
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if name.lower().endswith((".doc", ".wps")):
            raise Refused(
                gettext_noop("Old Word files (.doc) cannot be imported. Open it in Word or WPS and save it as .docx."),
                code="not_supported",
            )
        return "workbook"
    return _kind_of_text(path, name)


def _kind_of_archive(path: str) -> str:
    names = archives.check(path, max_entries=2000)
    if "word/document.xml" in names:
        return "word"
    if any(entry.endswith("workbook.xml") for entry in names):
        return "workbook"
    raise Refused(
        gettext_noop("This zip archive is neither a workbook (.xlsx) nor a Word document (.docx)."),
        code="not_supported",
    )


def _kind_of_text(path: str, name: str) -> str:
    decoded = worksheet_reader.decode(Path(path).read_bytes())
    start = decoded.lstrip()[:200]
    if start.startswith(("<?xml", "<!DOCTYPE", "<html", "<quiz", "<question", "<assessment")):
        raise Refused(gettext_noop("XML and web pages cannot be imported yet."), code="not_supported")
    if re.match(r"[\[{]\s*[\"{\[]", start):
        raise Refused(gettext_noop("JSON files cannot be imported yet."), code="not_supported")
    if name.lower().endswith((".csv", ".tsv")):
        return "csv"
    if name.lower().endswith(".md"):
        return "text"
    delimiter = worksheet_reader.sniff_delimiter(decoded)
    rows = [line.split(delimiter) for line in decoded.splitlines()[: tables.HEADER_WITHIN]]
    return "csv" if any(read_header(row).is_header() for row in rows if len(row) > 1) else "text"


def _read_word(path: str, stem: str) -> Reading:
    document = documents.read_document(path)
    sheets = [
        {"name": str(number), "first_row": 1, "rows": rows}
        for number, rows in enumerate(document.tables, start=1)
        if any(read_header(row).is_header() for row in rows[: tables.HEADER_WITHIN])
    ]
    if sheets:
        return tables.read_sheets(sheets, name=stem, format_name="word")
    return text.read_lines(document.lines, name=stem, unit=PARAGRAPH, format_name="word")


def _read_text(path: str, stem: str) -> Reading:
    if zipfile.is_zipfile(path):
        raise Refused(gettext_noop("This is not a plain text file."), code="not_supported")
    decoded = worksheet_reader.decode(Path(path).read_bytes())
    lines = [text.Line(number, line) for number, line in enumerate(decoded.split("\n"), start=1)]
    return text.read_lines(lines, name=stem, unit=LINE, format_name="text")
