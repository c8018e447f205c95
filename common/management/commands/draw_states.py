"""Draw every state machine from its table into docs/states/."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import get_resolver
from django.utils import translation

from common.transitions import REGISTRY, TransitionTable


def drawing(table: TransitionTable) -> str:
    """Return a page with the machine as a Mermaid diagram and as a list, in English."""
    lines = [
        f"# States of a {table.name}",
        "",
        "Drawn by `manage.py draw_states` from the table in code; a test compares them.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        f"    [*] --> {table.states.values[0]}",
    ]
    for state, moves in table.moves.items():
        lines += [f"    {state} --> {target}: {cause}" for target, cause in moves.items()]
        if not moves:
            lines.append(f"    {state} --> [*]")
    lines += ["```", "", "| state | label | may become |", "|---|---|---|"]
    for state in table.states:
        targets = ", ".join(f"{target} ({cause})" for target, cause in table.moves[state].items())
        lines.append(f"| `{state.value}` | {state.label} | {targets or '–'} |")
    return "\n".join(lines) + "\n"


def drawings() -> dict[str, str]:
    """Return file name → page for every registered table; loading the addresses loads every domain."""
    assert get_resolver().url_patterns
    with translation.override("en"):
        return {f"{name}.md": drawing(table) for name, table in sorted(REGISTRY.items())}


class Command(BaseCommand):
    help = "Draw the state machines into docs/states/ (--check: only say whether they are fresh)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs" / "states"
        folder.mkdir(parents=True, exist_ok=True)
        stale = []
        for name, text in drawings().items():
            path = folder / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(name)
            if not options["check"]:
                path.write_text(text, encoding="utf-8")
        if options["check"] and stale:
            raise CommandError(f"stale drawings: {', '.join(stale)}; run manage.py draw_states")
        self.stdout.write(f"{len(stale)} drawn anew, {len(REGISTRY)} tables in all")
