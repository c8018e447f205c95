"""History is history in the database itself: raw SQL cannot change it, on either engine."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from common.models import AppendOnlyModel
from tests.architecture.project import our_models

pytestmark = pytest.mark.django_db
APPEND_ONLY = sorted(model._meta.db_table for model in our_models() if issubclass(model, AppendOnlyModel))


def _triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        return {name for (name,) in cursor.fetchall()}


def test_there_are_append_only_tables() -> None:
    assert "com_audit_event" in APPEND_ONLY
    assert len(APPEND_ONLY) >= 6


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_every_append_only_table_has_its_triggers(table: str) -> None:
    wanted = {f"{table}_noupd", f"{table}_nodel"} if connection.vendor == "sqlite" else {f"{table}_noupd"}
    assert wanted <= _triggers()


@pytest.mark.parametrize("statement", ["UPDATE com_audit_event SET reason = 'x'", "DELETE FROM com_audit_event"])
def test_raw_sql_is_refused(statement: str) -> None:
    model = apps.get_model("common", "AuditEvent")
    model(link=10**9, at="2026-11-23T08:00:00Z", actor_code="system", action="t", previous="0", digest="1").save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert model.objects.filter(link=10**9, reason="").exists()
