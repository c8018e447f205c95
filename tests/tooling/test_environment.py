"""What an operator reads when a variable of the environment cannot be used."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_unset_variables_give_their_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MINGFA_X", raising=False)

    assert env.read_text("MINGFA_X", "plain") == "plain"
    assert env.read_flag("MINGFA_X", default=True) is True
    assert env.read_number("MINGFA_X", 7) == 7
    assert env.read_list("MINGFA_X") == []
    assert env.read_path("MINGFA_X", Path("var")) == Path("var")


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False), ("", False)],
)
def test_flags_understand_yes_and_no(monkeypatch: pytest.MonkeyPatch, word: str, meaning: bool) -> None:
    monkeypatch.setenv("MINGFA_X", word)

    assert env.read_flag("MINGFA_X", default=not meaning) is meaning


def test_a_flag_that_is_neither_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGFA_X", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="MINGFA_X='perhaps' is not a yes or a no"):
        env.read_flag("MINGFA_X", default=False)


def test_a_number_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")

    with pytest.raises(ImproperlyConfigured, match="PORT='eighty' is not a whole number"):
        env.read_number("PORT", 8000)


def test_a_number_below_its_floor_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGFA_WORKERS", "0")

    with pytest.raises(ImproperlyConfigured, match="MINGFA_WORKERS=0 is below 1"):
        env.read_number("MINGFA_WORKERS", 2, minimum=1)


def test_a_short_secret_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGFA_SECRET_KEY", "tiger")

    with pytest.raises(ImproperlyConfigured, match="at least 32") as refusal:
        env.read_secret("MINGFA_SECRET_KEY")
    assert "tiger" not in str(refusal.value)


def test_lists_drop_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGFA_HOSTS", "a.example, ,b.example,")

    assert env.read_list("MINGFA_HOSTS") == ["a.example", "b.example"]
