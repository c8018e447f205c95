"""From what stands in a file to a whole record, or to one that is refused with the reason.

Every dialect ends here, so a rule about keys and options holds for all of them.
"""

from dataclasses import dataclass, field
from typing import Any

from common.sandbox_child import gettext_noop
from question_banks.importers import answers
from question_banks.question_types.base import MAX_OPTIONS, OPTION_LIMIT, STEM_LIMIT, normalise
from question_banks.question_types.record import Record, RecordOption, Sentence

EXCERPT_LENGTH = 60
UNSUPPORTED_NAMES = {
    "blank": gettext_noop("fill-in"),
    "short_answer": gettext_noop("short answer"),
    "case": gettext_noop("case analysis"),
}


@dataclass
class Draft:
    """One question as found: raw strings, options with the letters they carry (also repeated ones).

    Attributes:
        declared: type that column, heading or sheet says; "" when nothing says.
        numbered: options carry numbers (选项1), so a key of digits counts them.
        cells: in a sheet, field → letter of its column; options as ``option_A`` or ``options``.
        faulty: the field that the first problem is about.
    """

    place: Sentence
    stem: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    key: str = ""
    declared: str = ""
    explanation: str = ""
    difficulty: str = ""
    knowledge_points: list[str] = field(default_factory=list)
    legal_basis: str = ""
    source: str = ""
    external_id: str = ""
    numbered: bool = False
    cells: dict[str, str] = field(default_factory=dict)
    faulty: str = ""
    problems: list[Sentence] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)

    def refuse(self, message: str, *, at: str = "", **params: Any) -> None:
        """Add a reason against importing this record; `at` names the field at fault."""
        self.faulty = self.faulty or at
        self.problems.append(Sentence(message=message, params=params))

    def note(self, message: str, **params: Any) -> None:
        """Add what was mended."""
        self.notes.append(Sentence(message=message, params=params))


def build(draft: Draft) -> Record:
    """Return the record of a draft, with every problem that can be seen in it alone."""
    stem = answers.clean(draft.stem)
    if not stem:
        draft.refuse(gettext_noop("The question has no text."), at="stem")
    elif len(stem) > STEM_LIMIT:
        draft.refuse(
            gettext_noop("The question is longer than %(limit)s characters."),
            at="stem",
            limit=STEM_LIMIT,
        )
    question_type = ""
    options: list[RecordOption] = []
    right: list[str] = []
    if draft.declared in UNSUPPORTED_NAMES:
        draft.refuse(
            gettext_noop("Questions of the type “%(type)s” cannot be imported yet."),
            at="type",
            type={"message": UNSUPPORTED_NAMES[draft.declared]},
        )
    elif not draft.problems or stem:
        question_type, options, right = _choices(draft)
    return Record(
        place=_place(draft),
        question_type=question_type,
        stem=stem,
        options=options,
        right=right,
        explanation=answers.clean(draft.explanation),
        difficulty=_difficulty(draft),
        knowledge_points=[name[:120] for name in draft.knowledge_points if name],
        legal_basis=answers.clean(draft.legal_basis),
        source=answers.clean(draft.source)[:200],
        external_id=answers.plain(draft.external_id)[:60],
        problems=draft.problems,
        notes=draft.notes,
        excerpt=" ".join((stem or " ".join(text for _letter, text in draft.options)).split())[:EXCERPT_LENGTH],
    )


def _place(draft: Draft) -> Sentence:
    column = draft.cells.get(draft.faulty) or draft.cells.get(draft.faulty.split("_")[0] + "s")
    if not column:
        return draft.place
    return Sentence(
        message=gettext_noop("%(place)s, column %(column)s"),
        params={"place": draft.place.model_dump(), "column": column},
    )


def _difficulty(draft: Draft) -> int | None:
    value = answers.difficulty(draft.difficulty)
    if value is None and draft.difficulty.strip():
        draft.note(
            gettext_noop("Difficulty “%(value)s” was not understood; medium is taken."),
            value=draft.difficulty[:20],
        )
    return value


def _choices(draft: Draft) -> tuple[str, list[RecordOption], list[str]]:
    options = _distinct_options(draft)
    if not draft.key.strip() and not draft.problems:
        draft.refuse(gettext_noop("The key is missing."), at="key")
    if draft.problems:
        return "", [], []
    if _is_true_false(draft, options):
        return _true_false(draft, options)
    return _lettered(draft, options)


# --- options --------------------------------------------------------------------------------------
def _distinct_options(draft: Draft) -> dict[str, str]:
    """Return letter → text; copies that agree are kept once, copies that differ refuse the
    record.
    """
    options: dict[str, str] = {}
    agreeing: set[str] = set()
    differing: set[str] = set()
    for letter, raw in draft.options:
        text = answers.clean(raw)
        if letter not in options:
            options[letter] = text
        elif normalise(options[letter]).strip(",;，；") == normalise(text).strip(",;，；"):
            options[letter] = options[letter].strip(",;，；")
            agreeing.add(letter)
        else:
            differing.add(letter)
    if differing:
        draft.refuse(
            gettext_noop(
                "Option %(letters)s stands more than once with different texts: two questions seem to be merged."
            ),
            at=f"option_{min(differing)}",
            letters=sorted(differing),
        )
    elif agreeing:
        draft.note(
            gettext_noop("Option %(letters)s stood twice with the same text; one was kept."),
            letters=sorted(agreeing),
        )
    return options


def _check_options(draft: Draft, options: dict[str, str]) -> None:
    if len(options) < 2:
        if options:
            draft.refuse(gettext_noop("There is only one option; at least two are needed."), at="option_B")
        else:
            draft.refuse(
                gettext_noop("There are no options, and the key “%(key)s” is neither true nor false."),
                at="key",
                key=draft.key.strip()[:40],
            )
        return
    expected = [chr(ord("A") + index) for index in range(len(options))]
    if sorted(options) != expected:
        missing = sorted(set(expected) - set(options)) or expected[-1:]
        draft.refuse(
            gettext_noop("Option %(missing)s is missing; found are %(found)s."),
            at=f"option_{missing[0]}",
            missing=missing[:5],
            found=sorted(options),
        )
    for letter, text in options.items():
        if not text:
            draft.refuse(gettext_noop("Option %(letter)s is empty."), at=f"option_{letter}", letter=letter)
        elif len(text) > OPTION_LIMIT:
            draft.refuse(
                gettext_noop("Option %(letter)s is longer than %(limit)s characters."),
                at=f"option_{letter}",
                letter=letter,
                limit=OPTION_LIMIT,
            )
    if len(options) > MAX_OPTIONS:
        draft.refuse(gettext_noop("There are more than %(limit)s options."), limit=MAX_OPTIONS)


# --- true or false --------------------------------------------------------------------------------
def _is_true_false(draft: Draft, options: dict[str, str]) -> bool:
    if draft.declared == "true_false":
        return True
    if draft.declared in ("single", "multiple"):
        return False
    if options:
        return (
            {answers.truth(text) for text in options.values()} == {True, False}
            and len(options) == 2
            and not any(answers.plain(text) in "01" for text in options.values())
        )
    return answers.truth(draft.key) is not None


def _true_false(draft: Draft, options: dict[str, str]) -> tuple[str, list[RecordOption], list[str]]:
    """Read the polarity of this very record: with some files A means true here and false there."""
    meaning = {letter: answers.truth(text) for letter, text in options.items() if text}
    value = answers.truth(draft.key)
    chosen = answers.letters(draft.key)
    if meaning and (len(meaning) != 2 or set(meaning.values()) != {True, False}):
        draft.refuse(
            gettext_noop(
                "A true/false question needs one option that says true and one that says false; found: %(options)s."
            ),
            at="option_A",
            options=[text[:20] for text in options.values()],
        )
    elif meaning and chosen and len(chosen) == 1 and chosen[0] in meaning:
        value = meaning[chosen[0]]
    elif meaning and chosen and value is None:
        draft.refuse(
            _KEY_WITHOUT_OPTION,
            at="key",
            missing=[letter for letter in chosen if letter not in meaning] or chosen,
            found=sorted(meaning),
        )
    elif value is None and chosen:
        draft.refuse(
            gettext_noop("The key is the letter %(key)s, but no option says whether that means true or false."),
            at="key",
            key=draft.key.strip()[:10],
        )
    elif value is None:
        draft.refuse(_KEY_NOT_UNDERSTOOD, at="key", key=draft.key.strip()[:40])
    if draft.problems:
        return "true_false", [], []
    return (
        "true_false",
        [RecordOption(id="T", text="对"), RecordOption(id="F", text="错")],
        ["T" if value else "F"],
    )


# --- single and multiple choice
# -----------------------------------------------------------------------------------------
_KEY_WITHOUT_OPTION = gettext_noop("The key names %(missing)s, but the options are only %(found)s.")
_KEY_NOT_UNDERSTOOD = gettext_noop("The key “%(key)s” was not understood.")


def _lettered(draft: Draft, options: dict[str, str]) -> tuple[str, list[RecordOption], list[str]]:
    _check_options(draft, options)
    # One reason is enough: where an option is lost, the key often names it too.
    right = [] if draft.problems else _right(draft, options)
    question_type = (
        draft.declared if draft.declared in ("single", "multiple") else "multiple" if len(right) > 1 else "single"
    )
    if question_type == "single" and len(right) > 1:
        draft.refuse(
            gettext_noop("A single-choice question has %(count)s right options: %(key)s."),
            at="key",
            count=len(right),
            key=right,
        )
    _note_equal_options(draft, options)
    return (
        question_type,
        [RecordOption(id=letter, text=text) for letter, text in sorted(options.items())],
        right,
    )


def _right(draft: Draft, options: dict[str, str]) -> list[str]:
    counted = _counted(draft.key, len(options)) if draft.numbered else None
    named = counted or answers.letters(draft.key)
    if named and all(letter in options for letter in named):
        return named
    by_text = _by_text(draft.key, options)
    if by_text:
        return by_text
    if named:
        draft.refuse(
            _KEY_WITHOUT_OPTION,
            at="key",
            missing=[letter for letter in named if letter not in options],
            found=sorted(options),
        )
    else:
        draft.refuse(_KEY_NOT_UNDERSTOOD, at="key", key=draft.key.strip()[:40])
    return []


def _counted(key: str, count: int) -> list[str] | None:
    digits = [part for part in answers.plain(key).replace("、", ",").replace(";", ",").split(",") if part.strip()]
    if not all(part.strip().isdigit() and 1 <= int(part) <= count for part in digits):
        return None
    return sorted({chr(ord("A") + int(part) - 1) for part in digits})


def _by_text(key: str, options: dict[str, str]) -> list[str]:
    """Find the right options when the key is their text; a text that two options share decides
    nothing.
    """
    by_text: dict[str, list[str]] = {}
    for letter, text in options.items():
        by_text.setdefault(normalise(text), []).append(letter)
    wanted = [normalise(key)] if normalise(key) in by_text else [normalise(part) for part in answers.split_list(key)]
    if not wanted or any(len(by_text.get(text, [])) != 1 for text in wanted):
        return []
    return sorted({by_text[text][0] for text in wanted})


def _note_equal_options(draft: Draft, options: dict[str, str]) -> None:
    texts = [normalise(text) for text in options.values()]
    if len(set(texts)) < len(texts) and not draft.problems:
        draft.note(gettext_noop("Two options have the same text."))
