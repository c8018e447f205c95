"""What the documents name exists: commands, make words, variables of the environment."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.architecture.project import ROOT

DOCUMENTS = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")], key=lambda path: path.name)
MAKE_WORDS = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
ENV_READ = re.compile(r"env\.read_\w+\(\s*\"([A-Z_]+)\"|os\.environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", re.DOTALL)


def _code(document: Path) -> str:
    """Return only what stands in code blocks and code spans."""
    text = document.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```[\s\S]*?```|`[^`\n]+`|^ {4}.*$", text, re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_named_in_documents_exist(document: Path) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", _code(document)))

    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_words_named_in_documents_exist(document: Path) -> None:
    code = _code(document)
    named = set(re.findall(r"(?:^|[`\s])make ((?:[a-z]+ ?)+)", code))
    words = {word for group in named for word in group.split()}

    assert words - MAKE_WORDS == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_linked_from_documents_exist(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_make_offers_what_the_readers_expect() -> None:
    assert {"run", "test", "check", "fix", "bench", "demo", "help"} <= MAKE_WORDS


def _variables_read() -> set[str]:
    names: set[str] = set()
    for path in (ROOT / "config").rglob("*.py"):
        for first, second in ENV_READ.findall(path.read_text(encoding="utf-8")):
            names.add(first or second)
    return names - {"DEBIAN_FRONTEND", "DJANGO_SETTINGS_MODULE"}


def test_every_variable_of_the_environment_is_documented() -> None:
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    assert {name for name in _variables_read() if f"`{name}`" not in operations} == set()


def test_no_variable_is_documented_that_nothing_reads() -> None:
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)`", operations, re.MULTILINE))

    assert documented - _variables_read() - {"DJANGO_SETTINGS_MODULE"} == set()
