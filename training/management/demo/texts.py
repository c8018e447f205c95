"""Reading the demonstration's own texts: laws, lessons and questions in `content/`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from question_banks.question_types.record import Record, RecordOption, Sentence

FOLDER = Path(__file__).resolve().parent / "content"
LETTERS = "ABCDEFGH"
KINDS = {"[单选]": "single", "[多选]": "multiple", "[判断]": "true_false"}
DIGITS = "零一二三四五六七八九"

# file ending → code and name of the knowledge point
POINTS = {
    "procedure": "行政处罚程序",
    "hearing": "听证程序",
    "evidence": "证据与调查取证",
    "discretion": "行政裁量",
    "recording": "三项制度与执法记录",
    "ethics": "职业道德与廉洁",
}


@dataclass(frozen=True)
class LawText:
    """A law: code, title, short title, the letter by which it is cited, articles by number."""

    code: str
    title: str
    short_title: str
    letter: str
    articles: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LessonText:
    """A lesson: title, knowledge point, minutes, its parts as (kind, text)."""

    title: str
    point: str
    minutes: int
    parts: list[tuple[str, str]] = field(default_factory=list)


def laws() -> list[LawText]:
    """Return the demonstration's laws."""
    found: list[LawText] = []
    for line in _lines("statutes.txt"):
        if line.startswith("=="):
            code, title, short_title, letter = _cells(line.removeprefix("=="))
            found.append(LawText(code, title, short_title, letter))
        else:
            number, text = _cells(line)
            found[-1].articles[int(number)] = text
    return found


def lessons() -> list[LessonText]:
    """Return the lessons in their order."""
    found: list[LessonText] = []
    marks = {"## ": "heading", "- ": "item", "@": "article", "! ": "note"}
    for line in _lines("lessons.txt"):
        if line.startswith("== "):
            title, point, minutes = _cells(line.removeprefix("== "))
            found.append(LessonText(title, point, int(minutes)))
            continue
        mark = next((mark for mark in marks if line.startswith(mark)), "")
        found[-1].parts.append((marks.get(mark, "paragraph"), line.removeprefix(mark).strip()))
    return found


def rich_text(parts: list[tuple[str, str]]) -> str:
    """Return paragraphs, headings and list items as the editor's HTML."""
    html: list[str] = []
    is_list = False
    for kind, text in parts:
        if is_list != (kind == "item"):
            is_list = not is_list
            html.append("<ul>" if is_list else "</ul>")
        tag = {"heading": "h2", "item": "li"}.get(kind, "p")
        html.append(f"<{tag}>{escape(text)}</{tag}>")
    return "".join([*html, "</ul>"] if is_list else html)


def questions() -> list[Record]:
    """Return every question as an importer would read it; the right option's place goes round."""
    found: list[Record] = []
    titles = {law.letter: law.title for law in laws()}
    for point, name in POINTS.items():
        kind = ""
        for line in _lines(f"questions_{point}.txt"):
            if line.startswith("["):
                kind = KINDS[line.split()[0]]
                continue
            number = len(found) + 1
            found.append(_question(kind, _cells(line), name, number=number, titles=titles))
    return found


def article_number(number: int) -> str:
    """Return 第二十三条."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return f"第{head}{DIGITS[ones] if ones else ''}条"


def _question(kind: str, cells: list[str], point: str, *, number: int, titles: dict[str, str]) -> Record:
    *body, basis, explanation = cells
    if kind == "true_false":
        verdict, stem = body
        options = [RecordOption(id="T", text="对"), RecordOption(id="F", text="错")]
        right = ["T" if verdict == "对" else "F"]
    else:
        stem, options, right = _choices(kind, body, number)
    return Record(
        place=Sentence(message="Question %(number)s", params={"number": number}),
        question_type=kind,
        stem=stem,
        options=options,
        right=right,
        explanation=explanation,
        difficulty=2 + number % 3,
        knowledge_points=[point],
        legal_basis=f"《{titles[basis[0]]}》{article_number(int(basis[1:]))}",
        source="演示题库（自行编写）",
        external_id=f"DEMO-{number:03d}",
        excerpt=stem[:40],
    )


def _choices(kind: str, body: list[str], number: int) -> tuple[str, list[RecordOption], list[str]]:
    stem = body[0]
    if kind == "single":
        right, wrong = [body[1]], body[2:]
    else:
        right, wrong = (part.split("；") for part in body[1:3])
    texts = [part.strip() for part in wrong]
    for place, text in enumerate(right):
        texts.insert((number + place) % (len(texts) + 1), text.strip())
    options = [RecordOption(id=letter, text=text) for letter, text in zip(LETTERS, texts, strict=False)]
    wanted = {part.strip() for part in right}
    return stem, options, [option.id for option in options if option.text in wanted]


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        text = line.strip()
        # Header lines of the question tables name the columns and hold no question.
        if text and not text.startswith("# "):
            yield text


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
