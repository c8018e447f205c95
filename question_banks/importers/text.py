"""Word and plain-text question banks: paragraphs and lines → drafts.

    lines → fields (a tab separates fields as a line end does) → marked fields (number, key,
    explanation, …)
          → records, cut at the file's own style of numbering → drafts

A line is not a record and a paragraph is not a record: fields may be broken over lines, options
glued together, the key
before or behind the options.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from common.sandbox_child import Refused, gettext_noop
from question_banks.importers import answers
from question_banks.importers.answer_lists import AnswerList, is_head, key_for, read_answers
from question_banks.importers.drafts import Draft, build
from question_banks.importers.labels import split_options
from question_banks.question_types.record import Reading, Sentence, TakenSheet

_BOXED = r"[【\[\u3014]?\s*"
_SIGN = r"\s*(?:[】\]\u3015]\s*[:：]?|[:：])\s*"
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(_BOXED + words + _SIGN))
    for name, words in (
        ("explanation", r"(?:答案|试题|题目)?\s*(?:解析|分析|详解|说明|点评)"),
        ("key", r"(?:正确|参考|标准|本题)?\s*(?:答\s*案|选项)(?:\s*[为是])?"),
        ("difficulty", r"(?:试题|题目)?难(?:易)?度(?:系数|等级)?"),
        ("knowledge", r"(?:考查|所属)?知识点"),
        ("legal_basis", r"(?:法律|法条|条文)?依据"),
        ("source", r"(?:来源|出处)"),
    )
)
# The key may stand without a sign: 答案 A, 答案为B.
_BARE_KEY = re.compile(r"(?:正确|参考|标准)?答案\s*(?:为|是|应为|应选)?\s*(?=[A-Z\uff21-\uff3a对错正√×])")
_ALONE = re.compile(r"(\d{1,7})\s*[.．、]?")
_DOTTED = re.compile(r"(?:第\s*)?(\d{1,5})\s*(?:题\s*[:：.．、]?|[.．、](?!\d)|[)）](?=\s*\S))\s*")
_BRACKETED = re.compile(r"[（(]\s*(\d{1,4})\s*[)）]\s*")
_GLUED = re.compile(r"(\d{1,5})(?=\D)")
_STEM_KEY = re.compile(r"[（(]\s*([A-Z\uff21-\uff3a]{1,8}|[A-Z](?:[、,，][A-Z])+|√|×|✓|对|错|正确|错误)\s*[)）]")
_LEADING_KEY = re.compile(
    r"^\s*[（(]\s*([A-Z\uff21-\uff3a]{1,8}|√|×|✓|对|错)\s*[)）]\s*(\d{1,5}\s*[.．、].+?)\s*(?:[（(]\s*[)）])?\s*$"
)
_HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+\s*(?:部分)?\s*[、.．,，:：]?\s*)?[（(【]?\s*"
    r"((?:[\u4e00-\u9fff]{0,8}?(?:选择|单选|多选|判断|是非|填空|简答|问答|论述|案例|案例分析|名词解释|材料分析)题)|单选|多选|判断)"
    r"\s*[)）】]?\s*(?:$|[（(【：:，,、。;；]|共|每|部分).{0,40}$"
)
_TOPIC = re.compile(
    r"^(?:[-—=*#]{2,}\s*(?P<ruled>.+?)\s*[-—=*#]*|(?P<numbered>第[一二三四五六七八九十百\d]+[章节编部篇单].{0,40}))$"
)


@dataclass(frozen=True)
class Line:
    """A paragraph or line: its number for messages, its text (tabs and line breaks kept)."""

    number: int
    text: str


@dataclass
class _Field:
    line: int
    kind: str
    text: str
    opens_line: bool = True


@dataclass
class _Entry:
    """The fields of one record while it is collected."""

    line: int
    number: str
    declared: str
    topic: str
    fields: list[_Field] = field(default_factory=list)

    def has(self, kind: str) -> bool:
        return any(item.kind == kind for item in self.fields)

    def is_complete(self) -> bool:
        """Return whether a new number would rather begin the next record than a list inside this
        one.
        """
        if self.has("key"):
            return True
        text = "\n".join(item.text for item in self.fields if item.kind == "text")
        return len(split_options(text)[1]) >= 2 or bool(_STEM_KEY.search(text))


def read_lines(lines: list[Line], *, name: str, unit: str, format_name: str) -> Reading:
    """Return what a text bank holds. `unit` is the sentence for a place, with %(number)s and
    %(label)s.

    Raises:
        Refused: no question can be seen in it at all.
    """
    lines, listed = _without_answer_list(lines)
    fields = list(_fields(lines))
    entries = list(_entries(fields, hint=answers.question_type(name)))
    for entry in entries:
        if listed and not entry.has("key") and (key := key_for(listed, entry.declared, _number(entry))):
            entry.fields.append(_Field(entry.line, "key", key))
    drafts = [_draft(entry, unit) for entry in entries]
    usable = [draft for draft in drafts if draft.key or draft.options]
    if not usable:
        raise Refused(
            gettext_noop(
                "No question was found in this text. A question needs its text, options "
                "that begin with A, B, C… and a "
                "line such as “正确答案：A”."
            ),
            code="no_questions",
        )
    records = [build(draft) for draft in drafts]
    return Reading(format=format_name, sheets=[TakenSheet(sheet=name, found=len(records))], records=records)


def _without_answer_list(lines: list[Line]) -> tuple[list[Line], AnswerList]:
    """Part the keys that stand together at the end from the questions."""
    heads = [index for index, line in enumerate(lines) if is_head(line.text)]
    # The list stands once, behind the questions; a lone 答案： behind each of them is something else.
    if len(heads) != 1 or heads[0] < len(lines) // 3:
        return lines, {}
    listed = read_answers(line.text for line in lines[heads[0] + 1 :])
    return (lines[: heads[0]], listed) if len(listed) > 1 else (lines, {})


# --- fields ---------------------------------------------------------------------------------------
def _fields(lines: Iterable[Line]) -> Iterator[_Field]:
    for line in lines:
        pieces = [piece for piece in re.split(r"[\t\n\v]", answers.clean_line(line.text)) if piece.strip(" \u3000")]
        if pieces:
            # （√）1.说法: the key before the number goes behind the text, where the others have it.
            pieces[0] = _LEADING_KEY.sub(r"\2（\1）", pieces[0])
        for index, piece in enumerate(pieces):
            yield from _marked(line.number, piece.strip(" \u3000"), alone=index == 0)


def _marked(number: int, piece: str, *, alone: bool) -> Iterator[_Field]:
    """Cut a piece at 答案：, 解析： and the like, wherever they stand in it."""
    cuts = _cuts(piece)
    head = piece[: cuts[0][1]] if cuts else piece
    if head.strip():
        yield _Field(number, "text", head.strip(), alone)
    for index, (kind, _start, text_start) in enumerate(cuts):
        end = cuts[index + 1][1] if index + 1 < len(cuts) else len(piece)
        yield _Field(number, kind, piece[text_start:end].strip(), alone and not head.strip() and index == 0)


def _cuts(piece: str) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for kind, pattern in _MARKS:
        for match in pattern.finditer(piece):
            boxed = match.group()[0] in "【[\u3014"
            # Inside a sentence “依据：” is prose; as a field it opens the piece or stands in a box.
            if (
                match.start()
                and not boxed
                and not (kind in ("key", "explanation") and _after_break(piece, match.start()))
            ):
                continue
            if not any(start <= match.start() < end for _kind, start, end in found):
                found.append((kind, match.start(), match.end()))
    if not found and (bare := _BARE_KEY.match(piece)):
        found.append(("key", 0, bare.end()))
    return sorted(found, key=lambda cut: cut[1])


def _after_break(piece: str, position: int) -> bool:
    if piece[position - 1] in " \u3000。；;.,，)）":
        return True
    # Glued to the last option: …四人正确答案：B
    return bool(re.match(r"(?:正确|参考|标准)答案\s*[:：]\s*(?:[A-Z\uff21-\uff3a]+|[对错√×])(?!\w)", piece[position:]))


# --- records --------------------------------------------------------------------------------------
def _entries(fields: list[_Field], *, hint: str) -> Iterator[_Entry]:
    style = _style(fields)
    current: _Entry | None = None
    declared, topic = hint, ""
    for index, item in enumerate(fields):
        heading = _heading(item, current) if item.kind == "text" and item.opens_line else None
        if heading is not None:
            if current:
                yield current
            current = None
            declared, topic = heading[0] or declared, heading[1] or topic
            if heading[1]:
                declared = heading[0] or hint
            continue
        started = _start(item, style, current, fields, index)
        if started:
            if current:
                yield current
            current = _Entry(item.line, started[0], declared, topic)
            item = _Field(item.line, "text", started[1], item.opens_line)
        if current is None:
            # A title above the first question, or a stem without number.
            if item.kind != "text" or style != "free":
                continue
            current = _Entry(item.line, "", declared, topic)
        if item.text or item.kind == "key":
            current.fields.append(item)
    if current:
        yield current


def _style(fields: list[_Field]) -> str:
    """Tell how the file numbers its questions: alone, dotted, bracketed, glued, or not at all
    (free).
    """
    opening = [item for item in fields if item.kind == "text" and item.opens_line]
    keys = max(1, sum(1 for item in fields if item.kind == "key"))
    texts = [item.text for item in opening]
    counts = {
        "alone": sum(1 for text in texts if _ALONE.fullmatch(text)),
        "dotted": sum(1 for text in texts if _DOTTED.match(text)),
        "bracketed": sum(1 for text in texts if _BRACKETED.match(text)),
        "glued": sum(1 for text in texts if _GLUED.match(text)),
    }
    # Cases number themselves alone and their sub-questions with a dot: the outer number rules.
    first = next(
        (
            text
            for text in texts
            if any(pattern.match(text) for pattern in (_DOTTED, _GLUED)) or _ALONE.fullmatch(text)
        ),
        "",
    )
    if counts["alone"] >= keys / 2 or (counts["alone"] >= 3 and _ALONE.fullmatch(first)):
        return "alone"
    for style in ("dotted", "bracketed", "glued"):
        if counts[style] >= keys / 2:
            return style
    return "free"


def _heading(item: _Field, current: _Entry | None) -> tuple[str, str] | None:
    """Return (declared type, topic) for a heading: 一、单选题（每题1分）, --- topic ---."""
    text = item.text
    if len(text) > 60 or (current and not current.is_complete()):
        return None
    if (match := _TOPIC.match(text)) and (match.group("ruled") or current is None or match.group("numbered")):
        return "", (match.group("ruled") or match.group("numbered")).strip("# -—=")
    match = _HEADING.match(text)
    declared = answers.question_type(match.group(1)) if match else ""
    if declared and not re.search(r"[？?]$|[（(]\s*[)）]", text):
        return ("" if declared == "choice" else declared), ""
    return None


def _start(
    item: _Field, style: str, current: _Entry | None, fields: list[_Field], index: int
) -> tuple[str, str] | None:
    """Return (number, rest of the text) when the field begins a record."""
    if item.kind != "text" or not item.opens_line:
        return None
    text = item.text
    if style == "free":
        return ("", text) if current and _begins_free(current, fields, index) else None
    pattern = {"alone": _ALONE, "dotted": _DOTTED, "bracketed": _BRACKETED, "glued": _GLUED}[style]
    match = pattern.fullmatch(text) if style == "alone" else pattern.match(text)
    if not match:
        return _glued_start(text, current) if style != "alone" else None
    if style == "glued":
        return _glued_start(text, current)
    follows = current is None or int(match.group(1)) == _number(current) + 1
    if style == "alone" and current and not current.fields:
        return None
    if current and not current.is_complete() and not follows and style != "alone":
        return None
    return match.group(1), text[match.end() :]


def _glued_start(text: str, current: _Entry | None) -> tuple[str, str] | None:
    """572017年… after no. 56 is no. 57, 2017年…; the number that is due decides where it ends."""
    due = str(_number(current) + 1) if current else "1"
    if current and not current.is_complete():
        return None
    return (due, text[len(due) :].lstrip(".．、 ")) if text.startswith(due) and len(text) > len(due) + 3 else None


def _number(entry: _Entry) -> int:
    return int(entry.number or 0)


def _begins_free(current: _Entry, fields: list[_Field], index: int) -> bool:
    """Without numbers a new question begins with plain text after a complete one that ended with
    its key.
    """
    if not current.is_complete() or split_options(fields[index].text)[1] or fields[index].text[:1] in "ABCDEFGH":
        return False
    ended = current.fields[-1].kind != "text"
    before_key = index + 1 < len(fields) and fields[index + 1].kind == "key"
    return ended or before_key


# --- drafts ---------------------------------------------------------------------------------------
def _draft(entry: _Entry, unit: str) -> Draft:
    place = Sentence(message=unit, params={"number": entry.line, "label": entry.number or "–"})
    stem, options = _stem_and_options(entry)
    keys = [item.text for item in entry.fields if item.kind == "key"]
    draft = Draft(
        place=place,
        stem=stem,
        options=options,
        key=keys[0] if keys else "",
        declared="" if entry.declared == "choice" else entry.declared,
        knowledge_points=[entry.topic] if entry.topic else [],
        explanation=_joined(entry, "explanation"),
        difficulty=_joined(entry, "difficulty"),
        legal_basis=_joined(entry, "legal_basis"),
        source=_joined(entry, "source"),
    )
    draft.knowledge_points = answers.split_list(_joined(entry, "knowledge")) or draft.knowledge_points
    if len({answers.plain(key) for key in keys}) > 1 or (len(keys) > 1 and entry.declared == "case"):
        _refuse_several(draft, entry, len(keys))
    if not keys:
        _take_key_from_stem(draft)
    return draft


def _refuse_several(draft: Draft, entry: _Entry, count: int) -> None:
    if entry.declared in ("", "case"):
        # One reason is enough: the letters of its sub-questions repeat by nature.
        draft.declared, draft.options = "", []
        draft.refuse(
            gettext_noop("This is a case with %(count)s sub-questions; case analysis cannot be imported yet."),
            count=count,
        )
    else:
        draft.options = []
        draft.refuse(
            gettext_noop("%(count)s different keys stand in this question: several seem to be merged."),
            count=count,
        )


def _joined(entry: _Entry, kind: str) -> str:
    return "\n".join(item.text for item in entry.fields if item.kind == kind)


def _stem_and_options(entry: _Entry) -> tuple[str, list[tuple[str, str]]]:
    text = ""
    for item in entry.fields:
        if item.kind == "text":
            text = _join(text, item.text, item.opens_line)
        elif item.kind == "key" and text:
            # What follows the key begins anew, so that a field after it never runs into the stem.
            text += "\n"
    return split_options(text)


def _join(text: str, addition: str, opens_line: bool) -> str:
    if not text:
        return addition
    if text.endswith("\n"):
        return text + addition
    return f"{text}\n{addition}" if not _is_broken(text, addition, opens_line) else text + addition


def _is_broken(text: str, addition: str, opens_line: bool) -> bool:
    """Return whether a line end stands inside a sentence, as in text copied from a printed page."""
    cjk_before = "\u4e00" <= text[-1] <= "\u9fff" or text[-1] in "，、“（"
    cjk_after = "\u4e00" <= addition[0] <= "\u9fff" or addition[0] in "，、。”）；"
    return opens_line and cjk_before and cjk_after


def _take_key_from_stem(draft: Draft) -> None:
    """Take out a key written into the blank （√）: else every candidate would read it."""
    found = list(_STEM_KEY.finditer(draft.stem))
    if len(found) != 1 and not (found and found[-1].end() >= len(draft.stem.rstrip(" 。.")) - 1):
        return
    match = found[-1]
    draft.key = match.group(1)
    draft.stem = f"{draft.stem[: match.start()]}（ ）{draft.stem[match.end() :]}"
    draft.note(gettext_noop("The key stood in the question's text and was taken out."))
