"""All catalogues are merged into one: what an app calls "Title" is what every other app gets."""

from collections import defaultdict
from pathlib import Path

import django
import polib
import wagtail

from tests.architecture.project import APPS, ROOT

Message = tuple[str | None, str]

FOLDER = Path("zh_Hans") / "LC_MESSAGES"
OVERRIDES = ROOT / "config" / "locale_overrides" / FOLDER
THIRD_PARTIES = [
    *(
        Path(wagtail.__file__).parent / part / "locale" / FOLDER / "django.po"
        for part in ("", "admin", "documents", "images", "snippets", "users")
    ),
    Path(django.__file__).parent / "conf" / "locale" / FOLDER / "django.po",
    Path(django.__file__).parent / "contrib" / "auth" / "locale" / FOLDER / "django.po",
]
# Words of the editor and of Django that we say otherwise on purpose: the meaning is the same, and
# ours reads well in the editor too. Anything else needs a context of its own in our code.
SAID_OUR_WAY = {
    "(optional)",
    ", ",
    "Account",
    "Actions",
    "All",
    "Duration",
    "Image",
    "Log out",
    "New",
    "Rename",
    "Search term",
    "Text",
    "Updated",
    # What is wrong with what somebody typed.
    "Ensure this value is greater than or equal to %(limit_value)s.",
    "Ensure this value is less than or equal to %(limit_value)s.",
    "Enter a number.",
    "Enter a valid date.",
    "Enter a valid date/time.",
    "Enter a valid time.",
    "Enter a valid value.",
    "Enter a whole number.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
    "The submitted file is empty.",
    "This field is required.",
}


def _read(path: Path) -> dict[Message, str]:
    entries = polib.pofile(str(path)).translated_entries()
    return {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural[0] for entry in entries}


def _ours() -> dict[str, dict[Message, str]]:
    paths = {app: ROOT / app / "locale" / FOLDER / "django.po" for app in (*APPS, "config")}
    return {app: _read(path) for app, path in paths.items() if path.exists()}


def _said(message: Message) -> str:
    context, text = message
    return f"{text!r} ({context})" if context else repr(text)


def test_no_two_apps_translate_a_message_differently() -> None:
    found: dict[Message, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for app, messages in _ours().items():
        for message, chinese in messages.items():
            found[message][chinese].append(app)
    split = {_said(message): dict(ways) for message, ways in found.items() if len(ways) > 1}

    assert not split, "\n".join(f"{message}: {ways}" for message, ways in sorted(split.items()))


def test_our_words_do_not_change_the_editors() -> None:
    """A word of ours without context replaces the editor's wherever it says the same in English."""
    theirs: dict[Message, set[str]] = defaultdict(set)
    for path in THIRD_PARTIES:
        for message, chinese in _read(path).items():
            theirs[message].add(chinese)
    changed = {
        f"{app}: {_said(message)}: {chinese} instead of {' or '.join(theirs[message])}"
        for app, messages in _ours().items()
        for message, chinese in messages.items()
        if message in theirs and chinese not in theirs[message] and message[1] not in SAID_OUR_WAY
    }

    assert not changed, "\n".join(sorted(changed))


def test_overrides_leave_our_words_alone() -> None:
    """They come before the apps' catalogues, so they may not say any of our messages otherwise."""
    overrides = _read(OVERRIDES / "django.po")
    changed = {
        f"{app}: {_said(message)}: {chinese}, but {overrides[message]} is shown"
        for app, messages in _ours().items()
        for message, chinese in messages.items()
        if overrides.get(message, chinese) != chinese
    }

    assert not changed, "\n".join(sorted(changed))


def test_the_editor_is_wholly_in_chinese() -> None:
    """Every message of the editor has Chinese, from Wagtail or from our overrides."""
    missing = set()
    for domain in ("django", "djangojs"):
        sources = [path.with_name(f"{domain}.po") for path in THIRD_PARTIES]
        held = set(_read(OVERRIDES / f"{domain}.po")).union(*(_read(path) for path in sources if path.exists()))
        for path in sources:
            english = Path(str(path).replace("zh_Hans", "en"))
            if english.exists():
                asked = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(english))}
                missing |= {_said(message) for message in asked - held}

    assert not missing, "\n".join(sorted(missing))
