"""Ink on paper: the token pairs hold the contrast that docs/design-system.md promises."""

import re
from pathlib import Path

import pytest

CSS = Path("common/static/common/css")
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")

TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink-900", "ink-800", "ink-700") for ground in ("ground", "surface", "sunken")],
    ("ink-600", "surface"),
    ("ink-600", "ground"),
    ("ink-600", "sunken"),
    ("ink-900", "action-soft"),
    ("ink-900", "success-soft"),
    ("ink-900", "warning-soft"),
    ("ink-900", "seal-soft"),
    ("action", "ground"),
    ("action", "surface"),
    ("action", "action-soft"),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("seal-ink", "ground"),
    ("seal-ink", "surface"),
    ("seal-ink", "seal-soft"),
    ("success-ink", "success-soft"),
    ("warning-ink", "warning-soft"),
]
MEANING_PAIRS = [
    ("on-seal", "seal"),
    ("seal", "surface"),
    ("seal", "ground"),
    ("seal", "seal-soft"),
    ("success", "success-soft"),
    ("warning", "warning-soft"),
    ("action", "ink-200"),
    ("ink-500", "surface"),
    ("ink-500", "ground"),
    ("focus", "ground"),
    ("focus", "surface"),
]
# Lines of controls, not words: WCAG 1.4.11 asks for 3:1.
LINE_PAIRS = [("ink-400", "surface"), ("ink-400", "ground"), ("action", "ink-100")]


def block(selector: str) -> dict[str, str]:
    """Return the tokens that the rule with this selector sets."""
    start = TOKENS.index(selector + " {") + len(selector) + 2
    rule = TOKENS[start : TOKENS.index("}", start)]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", rule))


def colours(theme: str) -> dict[str, str]:
    light = block(":root")
    return light if theme == "light" else {**light, **block(':root[data-theme="dark"]')}


def luminance(colour: str) -> float:
    """Return the relative luminance of a #rrggbb colour as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = ((c / 12.92) if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("least", "pairs"), [(7.0, TEXT_PAIRS), (4.5, MEANING_PAIRS), (3.0, LINE_PAIRS)], ids=["text", "meaning", "line"]
)
def test_token_pairs_hold_their_contrast(theme: str, least: float, pairs: list[tuple[str, str]]) -> None:
    tokens = colours(theme)
    weak = {
        f"{ink} on {ground}": round(contrast(tokens[ink], tokens[ground]), 2)
        for ink, ground in pairs
        if contrast(tokens[ink], tokens[ground]) < least
    }
    assert weak == {}


def test_dark_by_device_and_dark_by_choice_are_the_same() -> None:
    assert block(':root:not([data-theme="light"])') == block(':root[data-theme="dark"]')


def test_no_component_writes_a_raw_colour() -> None:
    raw = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")
    sheets = [sheet for sheet in CSS.rglob("*.css") if sheet.name not in {"tokens.css", "print.css"}]
    assert len(sheets) > 10
    assert [sheet.name for sheet in sheets if raw.search(sheet.read_text(encoding="utf-8"))] == []
