"""Before anything is installed: what is done once, and what an operator is told to do."""

import os
from pathlib import Path

import pytest

from config import bootstrap


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without an environment, on a machine without programs, for an ordinary user."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return tmp_path


def _program(folder: Path, name: str, code: int) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho called >> {folder}/{path.name}.log\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_a_lock_is_installed_once_and_again_when_it_changes(bare: Path) -> None:
    lock = bare / "requirements" / "runtime.lock"
    lock.write_text("one==1\n")
    python = _program(bare, ".venv/bin/python", 0)
    calls = bare / "python.log"

    bootstrap.install_lock("runtime")
    bootstrap.install_lock("runtime")
    assert calls.read_text().count("called") == 1

    lock.write_text("one==2\n")
    bootstrap.install_lock("runtime")
    assert calls.read_text().count("called") == 2
    assert python.exists()


def test_a_failed_installation_is_tried_again(bare: Path) -> None:
    (bare / "requirements" / "runtime.lock").write_text("one==1\n")
    _program(bare, ".venv/bin/python", 1)

    for _ in range(2):
        with pytest.raises(bootstrap.CannotGoOn, match="pip could not install"):
            bootstrap.install_lock("runtime")
    assert (bare / "python.log").read_text().count("called") == 2


def test_the_tests_requirements_count_as_the_platforms(bare: Path) -> None:
    for name in ("runtime", "dev"):
        (bare / "requirements" / f"{name}.lock").write_text(f"{name}==1\n")
    _program(bare, ".venv/bin/python", 0)

    bootstrap.install_lock("dev")
    bootstrap.install_lock("runtime")

    assert (bare / "python.log").read_text().count("called") == 1


def test_without_root_the_missing_packages_are_named(bare: Path) -> None:
    with pytest.raises(bootstrap.CannotGoOn) as told:
        bootstrap.install_packages(["chromium", "fonts-noto-cjk"])

    assert "apt-get install -y chromium fonts-noto-cjk" in str(told.value)


def test_a_failing_package_manager_is_told(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    _program(bare, "apt-get", 100)

    with pytest.raises(bootstrap.CannotGoOn, match="Install by hand"):
        bootstrap.install_packages(["chromium"])


def test_a_browser_is_found_by_name_or_by_path(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not bootstrap.has_browser()

    _program(bare, "chromium", 0)
    assert bootstrap.has_browser()

    monkeypatch.setenv("CHROMIUM_PATH", str(bare / "not-there"))
    assert not bootstrap.has_browser()


def test_a_half_made_environment_does_not_count(bare: Path) -> None:
    assert not bootstrap.works(bare / ".venv" / "bin" / "python")

    broken = _program(bare, ".venv/bin/python", 1)
    assert not bootstrap.works(broken)
