"""Drawn state machines are fresh, and every fault number a test cites is a case of docs/faults.md."""

import re

from django.core.management import call_command

from tests.architecture.project import ROOT


def test_drawings_of_the_state_machines_are_fresh() -> None:
    call_command("draw_states", check=True)


def _cited() -> set[str]:
    cited: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        cited.update(re.findall(r"fault\(\"(F\d\d)\"\)", text))
        cited.update(f"F{number}" for number in re.findall(r"def test_f(\d\d)_", text))
    return cited


def test_cited_faults_are_described() -> None:
    described = set(re.findall(r"^\| (F\d\d) \|", (ROOT / "docs" / "faults.md").read_text(encoding="utf-8"), re.M))
    assert _cited() - described == set()


def test_the_faults_of_the_examination_room_are_proven() -> None:
    required = {f"F{number:02d}" for number in (*range(1, 11), 19, 20, 21, 30, 32, 34, 35, 36)}
    assert required - _cited() == set()
