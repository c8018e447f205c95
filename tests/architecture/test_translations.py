"""The Chinese catalogues are what users see first: nothing missing, nothing doubtful, compiled."""

import io
import re
import string
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract
from django.utils.translation import templatize

from tests.architecture.project import APPS, ROOT

CATALOGUES = sorted(ROOT.glob("*/locale*/zh_Hans/LC_MESSAGES/*.po"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Proper names that Chinese writes in Latin letters too.
PROPER_NAMES = {"Markdown", "Mingfa", "PostgreSQL", "SQLite", "Wagtail"}
CALL = re.compile(r"""\b(?:n?p?gettext|_)\((?:[^()"']|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')*\)""")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def _id(path: Path) -> str:
    app, folder = path.relative_to(ROOT).parts[:2]
    return app if folder == "locale" else f"{folder}-{path.stem}"


def _messages_in_code(app: str) -> set[str]:
    found: set[str] = set()
    for path in (ROOT / app).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        found |= _extracted(path.read_bytes())
    for path in (ROOT / app).rglob("*.html"):
        as_python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # The rest of the templatized text is filler that Python's tokenizer stumbles over.
        calls = "\n".join(match.group() for match in CALL.finditer(as_python))
        found |= _extracted(calls.encode())
    return found


def _extracted(source: bytes) -> set[str]:
    found = extract("python", io.BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"})
    messages = (message for _, message, _, _ in found)
    return {one if isinstance(one, str) else one[0] for one in messages if one}


@pytest.mark.parametrize("app", APPS)
def test_every_message_in_the_code_is_in_the_catalogue(app: str) -> None:
    wanted = {message for message in _messages_in_code(app) if message}
    path = ROOT / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    held = {entry.msgid for entry in polib.pofile(str(path))} if path.exists() else set()

    assert not wanted - held, "\n".join(sorted(wanted - held))


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=_id)
def test_catalogues_are_complete(catalogue: Path) -> None:
    entries = polib.pofile(str(catalogue))

    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=_id)
def test_translations_keep_their_placeholders(catalogue: Path) -> None:
    """A lost placeholder hides a figure; an invented one is an error when the page is shown."""
    broken = []
    for entry in polib.pofile(str(catalogue)).translated_entries():
        given = {match.group() for match in PLACEHOLDER.finditer(entry.msgid)}
        given |= {match.group() for match in PLACEHOLDER.finditer(entry.msgid_plural or "")}
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            used = {match.group() for match in PLACEHOLDER.finditer(text)}
            if text and (used - given or (given - used and not entry.msgid_plural)):
                broken.append(f"{entry.msgid!r} → {text!r}")

    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=_id)
def test_translations_are_chinese(catalogue: Path) -> None:
    """Words alone left in English would show on a Chinese page."""
    left = []
    for entry in polib.pofile(str(catalogue)).translated_entries():
        text = entry.msgstr or entry.msgstr_plural.get(0, "")
        words = PLACEHOLDER.sub("", text).strip(string.punctuation + string.whitespace)
        if (
            text == entry.msgid
            and text not in PROPER_NAMES
            and re.search(r"[a-z]{4,}", words)
            and not CHINESE.search(text)
        ):
            left.append(entry.msgid)

    assert not left, "\n".join(left)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=_id)
def test_compiled_catalogues_are_fresh(catalogue: Path) -> None:
    """The compiled file is what is served; the other is what people edit."""
    edited = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, dict(entry.msgstr_plural))
        for entry in polib.pofile(str(catalogue)).translated_entries()
    }
    compiled = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, dict(entry.msgstr_plural))
        for entry in polib.mofile(str(catalogue.with_suffix(".mo")))
    }

    assert compiled == edited
