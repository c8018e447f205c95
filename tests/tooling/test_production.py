"""Production starts with everything it needs or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.development_keys import development_key

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "MINGFA_SECRET_KEY": "s" * 20 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH",
    "MINGFA_FIELD_KEY": "f" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "MINGFA_INDEX_KEY": "i" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "MINGFA_HOSTS": "mingfa.example",
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
}


def manage(*arguments: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run manage.py in a process of its own, with exactly these variables of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MINGFA_")}
    kept.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "MINGFA_VAR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_check_deploy_is_clean_with_everything_set(tmp_path: Path) -> None:
    checked = manage("check", "--deploy", "--fail-level", "WARNING", folder=tmp_path, **COMPLETE)

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize("missing", ["MINGFA_SECRET_KEY", "MINGFA_FIELD_KEY", "MINGFA_INDEX_KEY", "MINGFA_HOSTS"])
def test_production_refuses_to_start_without(missing: str, tmp_path: Path) -> None:
    present = {name: value for name, value in COMPLETE.items() if name != missing}
    refused = manage("check", folder=tmp_path, **present)

    assert refused.returncode != 0
    assert missing in refused.stderr.splitlines()[-1]


def test_production_refuses_one_secret_for_two_purposes(tmp_path: Path) -> None:
    same = {**COMPLETE, "MINGFA_INDEX_KEY": COMPLETE["MINGFA_FIELD_KEY"]}
    refused = manage("check", folder=tmp_path, **same)

    assert refused.returncode != 0
    assert "must differ" in refused.stderr


def test_production_ignores_the_debug_switch(tmp_path: Path) -> None:
    shown = manage(
        "shell", "-v", "0", "-c", "from django.conf import settings; print(settings.DEBUG)",
        folder=tmp_path, **COMPLETE, MINGFA_DEBUG="1",
    )  # fmt: skip

    assert shown.stdout.strip() == "False", shown.stderr


def test_development_keys_are_made_once_and_private(tmp_path: Path) -> None:
    first = development_key(tmp_path, "secret_key")

    assert development_key(tmp_path, "secret_key") == first
    assert development_key(tmp_path, "field_key") != first
    assert len(first) >= 48
    assert (tmp_path / "keys" / "secret_key").stat().st_mode & 0o077 == 0
