"""What auditors read: no act shows as a code."""

import re
from pathlib import Path

from common import audit, transitions
from tests.architecture.project import APPS, ROOT

RECORDED = re.compile(r"""(?:audit\.)?record\(\s*"([a-z_]+\.[a-z_]+)\"""")


def _recorded() -> dict[str, Path]:
    found = {}
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            found |= dict.fromkeys(RECORDED.findall(path.read_text(encoding="utf-8")), path)
    return found


def test_every_act_that_the_code_records_has_words() -> None:
    moves = {f"{name}_{state}" for name, table in transitions.REGISTRY.items() for state in table.states.values}
    nameless = {
        action: path.relative_to(ROOT)
        for action, path in _recorded().items()
        if action not in audit.NAMES and action.partition(".")[2] not in moves
    }
    assert nameless == {}


def test_every_entry_has_chinese_words() -> None:
    assert [action for action, words in audit.named_actions() if words.isascii()] == []
