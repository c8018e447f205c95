"""What import-linter cannot say: faces of apps, and the imports that hide in strings."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string

from common import schedules
from tests.architecture.project import APPS, ROOT, model_id, our_models

# What another app may touch: these to read, `api` to change.
FACE = {"models", "queries", "enums", "errors", "signals", "api"}
# Beyond that, two parts that only answer and never write: the predicates on roles over units, on
# which every app builds its own, and the pure grading of question types.
WIDER_FACE = {"personnel": {"rules"}, "question_banks": {"question_types"}}
DOTTED_PATH = re.compile(rf"^(?:{'|'.join(APPS)})(?:\.[a-z_][a-z0-9_]*)+(?:\.[A-Za-z_]\w*)?$")


def _foreign_imports() -> Iterator[tuple[str, str]]:
    """Yield importer and imported for every import between two apps, `common` aside."""
    graph = grimp.build_graph(*APPS, cache_dir=None)
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            home, other = importer.split(".")[0], imported.split(".")[0]
            if other not in {home, "common"}:
                yield importer, imported


def _is_face(imported: str) -> bool:
    app, *inner = imported.split(".")
    return not inner or inner[0] in FACE | WIDER_FACE.get(app, set())


def test_other_apps_touch_only_the_face() -> None:
    strays = [f"{importer} imports {imported}" for importer, imported in _foreign_imports() if not _is_face(imported)]

    assert not strays, "\n".join(sorted(strays))


@pytest.mark.parametrize("model", our_models(), ids=model_id)
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    home = APPS.index(model._meta.app_label)
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        target = field.related_model
        if target is None or model._meta.auto_created or not isinstance(target, type):
            continue
        # The user model stands in settings, so that `common` need not know who uses it.
        if target._meta.app_label in APPS and target is not apps.get_model("personnel.Officer"):
            assert APPS.index(target._meta.app_label) >= home, f"{field} points up to {target}"


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the literals of a file that look like dotted paths to code of ours."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if DOTTED_PATH.match(node.value):
            yield node.lineno, node.value


def _is_code(dotted: str) -> bool:
    """Tell whether a dotted string names a module or something in one (and not an audit action)."""
    try:
        import_module(dotted)
    except ModuleNotFoundError:
        pass
    else:
        return True
    try:
        import_string(dotted)
    except ImportError:
        return False
    return True


def _source_files() -> list[Path]:
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in files if "migrations" not in path.parts)


def test_strings_that_name_code_point_down_or_stay() -> None:
    climbing = []
    for path in _source_files():
        home = path.relative_to(ROOT).parts[0]
        for line, dotted in _strings(path):
            higher = APPS.index(dotted.split(".")[0]) < APPS.index(home)
            if higher and _is_code(dotted):
                climbing.append(f"{path.relative_to(ROOT)}:{line} {dotted}")

    assert not climbing, "\n".join(climbing)


def test_strings_handed_to_the_queue_name_functions() -> None:
    """A misspelt path in a queue shows only when the worker takes the task."""
    broken = []
    for path in _source_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = ast.unparse(node.func)
            first = node.args[0]
            if name.endswith(("queue.enqueue", "enqueue")) and isinstance(first, ast.Constant):
                try:
                    assert callable(import_string(str(first.value)))
                except (ImportError, AssertionError):
                    broken.append(f"{path.relative_to(ROOT)}:{node.lineno} {first.value}")

    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("entry", schedules.REGISTRY.values(), ids=lambda entry: entry.name)
def test_scheduled_tasks_name_functions(entry: schedules.Periodic) -> None:
    assert callable(import_string(entry.task))
