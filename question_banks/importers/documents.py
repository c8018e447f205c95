"""Word documents: paragraphs with the numbers that Word itself would print, and tables, read
from the XML.

Automatic numbering is not part of a paragraph's text; without it "1." and "A." of many banks
would be lost.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from common import archives
from common.sandbox_child import Refused, gettext_noop
from question_banks.importers.text import Line

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_MAX_PARAGRAPHS = 200_000


@dataclass(frozen=True)
class Document:
    """Paragraphs outside tables, and tables as rows of cell texts."""

    lines: list[Line]
    tables: list[list[list[str]]]


def read_document(path: str) -> Document:
    """Return the text of a .docx.

    Raises:
        Refused: not a Word document, damaged, or with a document type declaration (fault F42).
    """
    names = archives.check(path, max_entries=2000)
    if "word/document.xml" not in names:
        raise Refused(gettext_noop("This is not a Word document (.docx)."), code="not_a_document")
    try:
        with zipfile.ZipFile(path) as archive:
            body = fromstring(archive.read("word/document.xml"), forbid_dtd=True)
            numbering = _Numbering(archive.read("word/numbering.xml") if "word/numbering.xml" in names else b"")
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, KeyError, EOFError, ValueError):
        raise Refused(
            gettext_noop("The Word document cannot be opened; it may be damaged. Save it again as .docx, and retry."),
            code="file_damaged",
        ) from None
    lines: list[Line] = []
    tables: list[list[list[str]]] = []
    for number, element in enumerate(_blocks(body), start=1):
        if element.tag == f"{W}tbl":
            tables.append([[_cell_text(cell) for cell in row.findall(f"{W}tc")] for row in element.iter(f"{W}tr")])
        else:
            lines.append(Line(number, numbering.label(element) + _text(element)))
        if number > _MAX_PARAGRAPHS:
            raise Refused(
                gettext_noop("The document has more than %(limit)s paragraphs."),
                limit=_MAX_PARAGRAPHS,
            )
    return Document(lines, tables)


def _blocks(body: Any) -> Iterator[Any]:
    """Yield paragraphs and outermost tables in reading order."""
    for child in body:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in SKIPPED:
            yield from _blocks(child)


def _cell_text(cell: Any) -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter(f"{W}p")).strip()


def _text(element: Any) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag in SKIPPED:
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}tab":
            parts.append("\t")
        elif child.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif child.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif child.tag not in (f"{W}pPr", f"{W}rPr"):
            parts.append(_text(child))
    return "".join(parts)


class _Numbering:
    """Counts list paragraphs as Word does, for decimal and letter lists."""

    def __init__(self, xml: bytes) -> None:
        self.levels: dict[str, dict[str, tuple[str, str, int]]] = {}
        self.counters: dict[tuple[str, str], int] = defaultdict(int)
        if not xml:
            return
        root = fromstring(xml, forbid_dtd=True)
        abstract = {
            item.get(f"{W}abstractNumId"): {
                level.get(f"{W}ilvl", ""): (
                    _value(level, "numFmt"),
                    _value(level, "lvlText"),
                    int(_value(level, "start") or 1),
                )
                for level in item.findall(f"{W}lvl")
            }
            for item in root.findall(f"{W}abstractNum")
        }
        for item in root.findall(f"{W}num"):
            self.levels[item.get(f"{W}numId", "")] = abstract.get(_value(item, "abstractNumId"), {})

    def label(self, paragraph: Any) -> str:
        """Return the printed number of a list paragraph with its sign, such as "12." or "B、"; ""
        for others.
        """
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            return ""
        list_id, level_id = _value(properties, "numId"), _value(properties, "ilvl") or "0"
        level = self.levels.get(list_id, {}).get(level_id)
        if not level or not re.search(r"%\d", level[1]):
            return ""
        for deeper in [key for key in self.counters if key[0] == list_id and key[1] > level_id]:
            del self.counters[deeper]
        count = self.counters[list_id, level_id]
        self.counters[list_id, level_id] = count + 1
        return re.sub(r"%\d", _spelled(level[0], level[2] + count), level[1])


def _spelled(number_format: str, number: int) -> str:
    if number_format in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return (ascii_uppercase if number_format == "upperLetter" else ascii_lowercase)[number - 1]
    return str(number)


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""
