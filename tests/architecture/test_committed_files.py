"""What may lie in the repository: no machine's paths, no registry's address, no stray words."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.project import APPS, ROOT, committed_files, text_of

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PINNED = re.compile(r"^([A-Za-z0-9_.\-]+)==([^\s;\\]+)", re.MULTILINE)
# Written with brackets, so that this file does not hold what it forbids.
MACHINE_PATH = re.compile(r"(?:^|[^\w.~])/(?:[r]oot|[h]ome/[a-z]+|[w]ork|[f]arm|[U]sers)/")
REGISTRY = re.compile(r"\b(?:py[p]i\.org|files\.python[h]osted|registry\.np[m]js|deb\.deb[i]an\.org)")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
JS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
NOTHING_NAMES = {"utils", "helpers", "misc", "services", "managers", "constants"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_files_name_no_place(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert "://" not in text
    assert "file:" not in text
    assert not re.search(r"(?:^|\s)/[a-z]", text)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_files_pin_everything_with_hashes(lock: Path) -> None:
    requirements = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8").strip())

    assert len(requirements) > 50
    assert [line for line in requirements if "--hash=sha256:" not in line] == []
    assert [line for line in requirements if not PINNED.match(line)] == []


def test_development_lock_holds_the_runtime_lock() -> None:
    """`make test` installs the one and counts the other as installed."""
    runtime, dev = (
        set(PINNED.findall((ROOT / "requirements" / name).read_text(encoding="utf-8")))
        for name in ("runtime.lock", "dev.lock")
    )

    assert runtime - dev == set()


def test_locks_answer_every_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=~!; ]", wish)[0].lower().replace("_", "-") for wish in declared}
    text = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    locked = {name.lower().replace("_", "-") for name, _ in PINNED.findall(text)}

    assert names - locked == set()


def test_no_file_holds_a_path_of_one_machine_or_a_registry() -> None:
    found = []
    for path in committed_files():
        text = text_of(path)
        if text is None or path.suffix in {".svg", ".po"}:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if (MACHINE_PATH.search(line) and "url_path" not in line) or REGISTRY.search(line)
        ]

    assert not found, "\n".join(found)


def test_scripts_hold_no_chinese() -> None:
    """What a user reads comes from the template, so that it is translated."""
    found = []
    for path in committed_files():
        if path.suffix not in {".js", ".mjs"} or "vendor" in path.parts:
            continue
        code = JS_COMMENT.sub("", path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in CHINESE.finditer(code)]

    assert not found, "\n".join(found)


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {path.relative_to(ROOT) for path in committed_files() if path.stem in NOTHING_NAMES}

    assert names == set()


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    long = {}
    for path in committed_files():
        inside = path.relative_to(ROOT).parts
        if path.suffix == ".py" and inside[0] in (*APPS, "config") and "migrations" not in inside:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > 400:
                long[str(path.relative_to(ROOT))] = lines

    assert long == {}


def test_templates_hold_nothing_inline() -> None:
    """The content security policy would refuse it; better to hear so before a browser does."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/json|importmap)\")[^>]*>"
        r"|<style\b|\sstyle=\"|\son(?:click|change|submit|input|load|key\w+)=\"|href=\"javascript:",
        re.IGNORECASE,
    )
    found = []
    for path in committed_files():
        if path.suffix != ".html" or path.relative_to(ROOT).parts[0] not in APPS:
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(ROOT)}: {m.group()[:60]}" for m in inline.finditer(text)]

    assert not found, "\n".join(found)
