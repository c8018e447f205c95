"""Rules that are easily forgotten in a new model, asked of every model."""

import itertools
import pkgutil
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.db.models import CheckConstraint, Q

from common import audit, clock
from common.models import AppendOnlyModel
from common.transitions import REGISTRY, TransitionTable
from tests.architecture.project import APPS, model_id, our_models

OWN_MODELS = [model for model in our_models() if not model._meta.auto_created]
APPEND_ONLY = [model for model in OWN_MODELS if issubclass(model, AppendOnlyModel)]


def _lookups(condition: Q) -> set[str]:
    """Return every look-up in a condition, such as state__in or closed_at__isnull."""
    found: set[str] = set()
    for child in condition.children:
        found |= _lookups(child) if isinstance(child, Q) else {child[0]}
    return found


def _conditions(model: type[models.Model]) -> list[set[str]]:
    return [
        _lookups(rule.condition)
        for rule in model._meta.constraints
        if isinstance(rule, CheckConstraint) and isinstance(rule.condition, Q)
    ]


def _choice_fields() -> list[Any]:
    return [
        pytest.param(model, field, id=f"{model._meta.label}.{field.name}")
        for model in OWN_MODELS
        for field in model._meta.local_concrete_fields
        if field.choices and not isinstance(field, models.BooleanField)
    ]


def _pairs() -> list[Any]:
    """Find fields of one model named something_at and something_by, the first one optional."""
    found = []
    for model in OWN_MODELS:
        fields = {field.name: field for field in model._meta.local_concrete_fields}
        for name in fields:
            by = name.removesuffix("_at") + "_by"
            if name.endswith("_at") and by in fields and fields[name].null:
                found.append(pytest.param(model, name, by, id=f"{model._meta.label}.{name}"))
    return found


@pytest.mark.parametrize(("model", "field"), _choice_fields())
def test_choices_are_held_by_the_database(model: type[models.Model], field: "models.Field[Any, Any]") -> None:
    assert {f"{field.name}__in"} in _conditions(model)


@pytest.mark.parametrize(("model", "at", "by"), _pairs())
def test_who_and_when_are_set_together(model: type[models.Model], at: str, by: str) -> None:
    """Either a rule binds both, or each is bound to the states in which it is set."""
    rules = _conditions(model)

    together = any({f"{at}__isnull", f"{by}__isnull"} <= rule for rule in rules)
    by_state = all(any(f"{name}__isnull" in rule for rule in rules) for name in (at, by))
    assert together or by_state


def _triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
            )
        return {f"{table}.{name}" for table, name in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize("model", APPEND_ONLY, ids=model_id)
def test_append_only_tables_have_their_triggers(model: type[models.Model]) -> None:
    table = model._meta.db_table
    wanted = {f"{table}.{table}_noupd"}
    if connection.vendor == "sqlite":
        wanted.add(f"{table}.{table}_nodel")

    assert wanted <= _triggers()


@pytest.mark.django_db
def test_every_trigger_stands_on_a_table_declared_append_only() -> None:
    """A model that quietly loses its base class would keep only half of its protection."""
    protected = {name.split(".")[0] for name in _triggers() if name.endswith("_noupd")}

    assert protected == {model._meta.db_table for model in APPEND_ONLY}


@pytest.mark.parametrize("model", APPEND_ONLY, ids=model_id)
def test_append_only_querysets_refuse_edits(model: type[models.Model]) -> None:
    for refused in (model._default_manager.all().delete, model._default_manager.all().update):
        with pytest.raises(TypeError, match="never"):
            refused()


@pytest.mark.django_db
def test_raw_sql_cannot_change_or_remove_history() -> None:
    audit.record("tests.something_done", by=None, at=clock.now())
    for statement in ("UPDATE com_audit_event SET reason = 'x'", "DELETE FROM com_audit_event"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def _transition_tables() -> list[TransitionTable]:
    """Return every table; they register when the module that holds them is imported."""
    for app in APPS:
        package = import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".domain" in module.name:
                import_module(module.name)
    return list(REGISTRY.values())


def test_there_are_transition_tables() -> None:
    assert {"attempt", "candidacy", "exam"} <= {table.name for table in _transition_tables()}


@pytest.mark.parametrize("table", _transition_tables(), ids=lambda table: table.name)
def test_transition_tables_cover_their_states(table: TransitionTable) -> None:
    states = set(table.states.values)
    targets = set(itertools.chain.from_iterable(table.moves.values()))

    assert {str(state) for state in table.moves} == states
    assert {str(target) for target in targets} <= states


@pytest.mark.parametrize("table", _transition_tables(), ids=lambda table: table.name)
def test_every_state_but_one_can_be_reached(table: TransitionTable) -> None:
    targets = {str(t) for t in itertools.chain.from_iterable(table.moves.values())}

    unreachable = set(table.states.values) - targets
    assert len(unreachable) <= 1, f"only the first state may be entered from nowhere: {unreachable}"
