"""A roster as clerks write it → rows with meaning. Knows words and shapes, no database.

Every refusal names row and column. Headers stand in any order within the first twenty rows, under
any of their usual names.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from common.errors import BadInput
from common.masking import mask_id_number
from common.worksheets import Sheet
from personnel.domain import id_numbers, names
from personnel.enums import EmploymentKind, Tier

Choice = TypeVar("Choice", bound=TextChoices)

HEADERS: dict[str, tuple[str, ...]] = {
    "service_no": ("工号", "警号", "服务编号", "执法人员编号", "人员编号", "编号", "serviceno", "servicenumber"),
    "name": ("姓名", "人员姓名", "name"),
    "id_number": ("身份证号", "身份证号码", "证件号码", "证件号", "身份证", "idnumber"),
    "unit": ("单位", "所在单位", "单位编码", "单位名称", "工作单位", "部门", "unit", "unitcode"),
    "fields": ("执法领域", "领域", "执法门类", "门类", "fields", "field"),
    "title": ("职务", "职级", "职务职级", "职务/职级", "title"),
    "tier": ("层级", "人员层级", "培训层级", "tier"),
    "employment": ("用工性质", "编制", "编制性质", "人员性质", "employment"),
    "is_enforcement": ("是否执法岗", "执法岗", "是否执法岗位", "enforcementpost"),
    "starts_on": ("任职日期", "到岗日期", "入职日期", "起始日期", "from"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "email", "e-mail"),
}  # fmt: skip
TIERS: dict[str, Tier] = {
    "初任": Tier.NEW_ENTRANT, "新进": Tier.NEW_ENTRANT, "新任": Tier.NEW_ENTRANT,
    "新入职": Tier.NEW_ENTRANT, "在岗": Tier.IN_POST, "在职": Tier.IN_POST,
    "骨干": Tier.BACKBONE, "业务骨干": Tier.BACKBONE, "领导": Tier.LEADER,
    "负责人": Tier.LEADER, "领导干部": Tier.LEADER,
}  # fmt: skip
EMPLOYMENTS: dict[str, EmploymentKind] = {
    "在编": EmploymentKind.ESTABLISHED, "公务员": EmploymentKind.ESTABLISHED,
    "行政编制": EmploymentKind.ESTABLISHED, "事业编制": EmploymentKind.ESTABLISHED,
    "参公": EmploymentKind.ESTABLISHED, "编制内": EmploymentKind.ESTABLISHED,
    "合同": EmploymentKind.CONTRACT, "合同制": EmploymentKind.CONTRACT,
    "聘用": EmploymentKind.CONTRACT, "编外": EmploymentKind.CONTRACT,
    "辅助": EmploymentKind.AUXILIARY, "辅助人员": EmploymentKind.AUXILIARY,
    "协管": EmploymentKind.AUXILIARY, "协管员": EmploymentKind.AUXILIARY,
    "劳务派遣": EmploymentKind.AUXILIARY,
}  # fmt: skip
YES_NO = {"是": True, "y": True, "yes": True, "1": True, "√": True, "true": True, "执法岗": True}
YES_NO |= {"否": False, "n": False, "no": False, "0": False, "×": False, "false": False, "非执法岗": False}
HEADER_SEARCH_ROWS = 20
# Share of numbers of one length from which a shorter one counts as cut.
USUAL_LENGTH_SHARE = 0.6


@dataclass(frozen=True)
class Refused:
    """A row, or the whole file, that cannot be taken: where, why, and enough to find it."""

    place: str
    reason: str
    excerpt: str = ""

    def plain(self) -> dict[str, str]:
        """Return it as the commands and jobs report it."""
        return {"place": self.place, "reason": self.reason, "excerpt": self.excerpt}


@dataclass(frozen=True)
class Row:
    """One officer as the roster gives her; None where the column is missing or the cell empty."""

    place: str
    service_no: str
    name: str
    id_number: str | None = None
    unit: str | None = None
    fields: tuple[str, ...] | None = None
    title: str | None = None
    tier: Tier | None = None
    employment: EmploymentKind | None = None
    is_enforcement: bool | None = None
    starts_on: date | None = None
    email: str | None = None


@dataclass
class Reading:
    """What was understood of a file."""

    rows: list[Row] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read(sheets: Sequence[Sheet]) -> Reading:
    """Return every row of every sheet that has the headers of a roster.

    Raises:
        BadInput: no sheet has columns for service number and name.
    """
    reading = Reading()
    found = False
    for sheet in sheets:
        header = _find_header(sheet)
        if header is None:
            continue
        found = True
        _SheetReader(sheet, *header).read_into(reading)
    if not found:
        raise BadInput(
            _(
                "No sheet has a column for the service number (工号) and one for the name (姓名). "
                "Use the template, or give the columns these headings."
            ),
            code="roster_columns_missing",
        )
    return reading


def _find_header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return index of the header row and key → column; None when the sheet is no roster."""
    known = {title: key for key, titles in HEADERS.items() for title in titles}
    for index, row in enumerate(sheet.rows[:HEADER_SEARCH_ROWS]):
        columns: dict[str, int] = {}
        for position, cell in enumerate(row):
            key = known.get(_plain_header(cell))
            if key is not None:
                columns.setdefault(key, position)
        if {"service_no", "name"} <= set(columns):
            return index, columns
    return None


def _plain_header(cell: str) -> str:
    text = "".join(unicodedata.normalize("NFKC", cell).split()).lower()
    # (必填), * and notes in brackets decorate many templates.
    return re.sub(r"\([^)]*\)|[*＊:]", "", text)


class _SheetReader:
    """Reads the rows below one header."""

    def __init__(self, sheet: Sheet, header_index: int, columns: dict[str, int]) -> None:
        self.sheet = sheet
        self.header_index = header_index
        self.columns = columns
        self.usual_length = self._usual_length()
        self.id_numbers_rounded = self._any_rounded()

    def read_into(self, reading: Reading) -> None:
        for index, cells in self._body():
            try:
                reading.rows.append(self._row(index, cells))
            except _CellRefused as refusal:
                reading.refused.append(Refused(self._place(index, refusal.key), refusal.reason, self._excerpt(cells)))

    def _body(self) -> Iterator[tuple[int, list[str]]]:
        for index in range(self.header_index + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[index]
            if any(cell.strip() for cell in cells):
                yield index, cells

    def _row(self, index: int, cells: list[str]) -> Row:
        texts = {key: self._text(cells, key) for key in self.columns}
        return Row(
            place=self._place(index, None),
            service_no=self._service_no(texts["service_no"]),
            name=self._clean("name", names.clean_name, texts["name"]),
            id_number=self._id_number(texts.get("id_number", "")),
            unit=texts.get("unit") or None,
            fields=_split(texts.get("fields", "")),
            title=self._limited("title", texts.get("title", ""), 60),
            tier=_word("tier", TIERS, texts.get("tier", ""), Tier),
            employment=_word("employment", EMPLOYMENTS, texts.get("employment", ""), EmploymentKind),
            is_enforcement=_yes_no(texts.get("is_enforcement", "")),
            starts_on=_day(texts.get("starts_on", "")),
            email=_email(texts.get("email", "")),
        )

    def _text(self, cells: list[str], key: str) -> str:
        position = self.columns[key]
        cell = cells[position] if position < len(cells) else ""
        return " ".join(unicodedata.normalize("NFKC", cell).split())

    def _place(self, index: int, key: str | None) -> str:
        row = self.sheet.first_row + index
        if key is None or key not in self.columns:
            return _("sheet %(sheet)s, row %(row)s") % {"sheet": self.sheet.name, "row": row}
        return _("sheet %(sheet)s, row %(row)s, column %(column)s") % {
            "sheet": self.sheet.name,
            "row": row,
            "column": get_column_letter(self.columns[key] + 1),
        }

    def _excerpt(self, cells: list[str]) -> str:
        """Return the row as text, its ID number masked."""
        hidden = self.columns.get("id_number")
        shown = [mask_id_number(cell) if position == hidden else cell for position, cell in enumerate(cells)]
        return " | ".join(cell for cell in shown if cell.strip())[:120]

    def _clean(self, key: str, rule: Callable[[str], str], text: str) -> str:
        try:
            return rule(text)
        except BadInput as refusal:
            raise _CellRefused(key, str(refusal)) from None

    def _limited(self, key: str, text: str, limit: int) -> str | None:
        if len(text) > limit:
            raise _CellRefused(key, _("This text is longer than %(limit)s characters.") % {"limit": limit})
        return text or None

    def _service_no(self, text: str) -> str:
        if re.fullmatch(r"\d+(\.\d+)?[eE]\+\d+", text):
            raise _CellRefused("service_no", _rounded_sentence())
        number = self._clean("service_no", names.clean_service_no, text)
        if self.usual_length and number.isdigit() and len(number) < self.usual_length:
            raise _CellRefused(
                "service_no",
                _(
                    "This number has %(length)s digits, the others have %(usual)s: Excel has probably "
                    "cut leading zeros. Set the column to the format Text and enter it again."
                )
                % {"length": len(number), "usual": self.usual_length},
            )
        return number

    def _id_number(self, text: str) -> str | None:
        if not text:
            return None
        if self.id_numbers_rounded and text.endswith("000"):
            raise _CellRefused("id_number", _rounded_sentence())
        return self._clean("id_number", id_numbers.read, text)

    def _usual_length(self) -> int:
        """Return the length most purely numeric service numbers share, when one begins with 0."""
        texts = [self._text(cells, "service_no") for _index, cells in self._body()]
        digits = [text for text in texts if text.isdigit()]
        if not any(text.startswith("0") for text in digits):
            return 0
        length, count = Counter(len(text) for text in digits).most_common(1)[0]
        return length if count >= USUAL_LENGTH_SHARE * len(digits) else 0

    def _any_rounded(self) -> bool:
        """One rounded ID number betrays a numeric column; one in eleven passes the check digit."""
        if "id_number" not in self.columns:
            return False
        return any(id_numbers.looks_rounded(self._text(cells, "id_number")) for _i, cells in self._body())


class _CellRefused(Exception):
    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key
        self.reason = reason


def _rounded_sentence() -> str:
    return _("Excel has rounded this number. Set the column to the format Text and enter it again.")


def _split(text: str) -> tuple[str, ...] | None:
    parts = tuple(part.strip() for part in re.split(r"[、,，;；/]", text) if part.strip())
    return parts or None


def _word(key: str, words: Mapping[str, Choice], text: str, choices: type[Choice]) -> Choice | None:
    if not text:
        return None
    known = {str(member.label): member for member in choices} | dict(words)
    found = known.get(text) or known.get(text.removesuffix("人员").removesuffix("执法"))
    if found is None:
        raise _CellRefused(
            key,
            _("“%(text)s” is not known here. Possible are: %(words)s.")
            % {"text": text[:20], "words": "、".join(dict.fromkeys(words))},
        )
    return found


def _yes_no(text: str) -> bool | None:
    if not text:
        return None
    if text.lower() not in YES_NO:
        raise _CellRefused("is_enforcement", _("Write 是 (yes) or 否 (no)."))
    return YES_NO[text.lower()]


def _day(text: str) -> date | None:
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?", text)
    match = match or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    try:
        if match is None:
            raise ValueError(text)
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        raise _CellRefused("starts_on", _("Write the date as 2026-03-01.")) from None


def _email(text: str) -> str | None:
    if text and not re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{1,20}", text):
        raise _CellRefused("email", _("This is not an e-mail address."))
    return text or None
