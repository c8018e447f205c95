"""Migration operation that makes a table append-only in the database itself, on both engines.

Models and querysets refuse edits too (`common.models.append_only`), but a trigger also stops raw
SQL and whoever opens the database by hand.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def trigger_statements(table: str, vendor: str) -> list[str]:
    """Return the SQL that forbids UPDATE and DELETE on a table (at most 24 characters of name)."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_noupd BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
            f"CREATE TRIGGER {table}_nodel BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        ]
    return [
        "CREATE OR REPLACE FUNCTION com_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$",
        f"CREATE TRIGGER {table}_noupd BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION com_append_only()",
    ]


def drop_statements(table: str, vendor: str) -> list[str]:
    """Return the SQL that takes the triggers away again (migrating back, emptying a database)."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_noupd", f"DROP TRIGGER IF EXISTS {table}_nodel"]
    return [f"DROP TRIGGER IF EXISTS {table}_noupd ON {table}"]


class ProtectAppendOnly(migrations.RunPython):
    """Add the triggers to one table; migrating back removes them."""

    def __init__(self, table: str) -> None:
        self.table = table

        def forwards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
            for statement in trigger_statements(table, schema_editor.connection.vendor):
                schema_editor.execute(statement)

        def backwards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
            for statement in drop_statements(table, schema_editor.connection.vendor):
                schema_editor.execute(statement)

        super().__init__(forwards, backwards)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.table], {})

    def describe(self) -> str:
        return f"Make {self.table} append-only"
