"""The project seen from outside: its apps, its models, its committed files."""

import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
# From high to low: an app may import those after it.
APPS = (
    "training",
    "exams",
    "question_banks",
    "cms",
    "statutes",
    "personnel",
    "common",
)


def our_models() -> list[type[models.Model]]:
    """Return every model of ours, the tables between many-to-many sides included."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in APPS]


def model_id(model: type[models.Model]) -> str:
    return model._meta.label


def committed_files() -> list[Path]:
    """Return what git would hand on: tracked files and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str | None:
    """Return a file's text, or None when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
