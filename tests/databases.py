"""Emptying a test database without losing what its migrations wrote.

Tests that commit (live servers, several connections) are cleaned up by Django's ``flush``. Two
things stand in its way here: append-only tables refuse DELETE by trigger, and the rows that
migrations made (the head of the audit chain, Wagtail's root page and locale, master data) would be
gone for every test after it. So the rows are copied inside the database once after migrating, and
every flush lifts the triggers, empties the tables and copies the rows back.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

COPY = "zz_migrated_{number}"


def _copy_migrated_rows() -> dict[str, str]:
    """Copy every table that holds rows; return table → copy."""
    copies: dict[str, str] = {}
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        for number, table in enumerate(sorted(tables)):
            quoted, copy = connection.ops.quote_name(table), COPY.format(number=number)
            cursor.execute(f"SELECT 1 FROM {quoted} LIMIT 1")
            if cursor.fetchone():
                cursor.execute(f"DROP TABLE IF EXISTS {copy}")
                cursor.execute(f"CREATE TABLE {copy} AS SELECT * FROM {quoted}")
                copies[quoted] = copy
    return copies


def append_only_triggers(cursor: Any) -> dict[str, str]:
    """Return name → SQL of the triggers on SQLite that refuse changes."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%is append-only%'")
    return dict(cursor.fetchall())


def _count_on_from(cursor: Any, tables: Iterable[str]) -> None:
    """Let PostgreSQL's sequences go on after the rows copied back; a flush may have set them to one."""
    if connection.vendor != "postgresql":
        return
    for quoted in tables:
        for sequence in connection.introspection.get_sequences(cursor, quoted.strip('"')):
            column = connection.ops.quote_name(sequence["column"])
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), GREATEST(nextval(pg_get_serial_sequence(%s, %s)), "
                f"(SELECT MAX({column}) FROM {quoted})))",
                [quoted, sequence["column"]] * 2,
            )


@contextmanager
def flush_back_to_migrated() -> Iterator[None]:
    """While this holds, flushing the database brings it back to the state after migrating."""
    copies = _copy_migrated_rows()
    plain_flush = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            # PostgreSQL truncates, which no row trigger sees; SQLite deletes.
            triggers = append_only_triggers(cursor) if connection.vendor == "sqlite" else {}
            for name in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            plain_flush(self, sql_list)
            for table, copy in copies.items():
                cursor.execute(f"INSERT INTO {table} SELECT * FROM {copy}")
            _count_on_from(cursor, copies)
            for sql in triggers.values():
                cursor.execute(sql)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    try:
        yield
    finally:
        BaseDatabaseOperations.execute_sql_flush = plain_flush  # type: ignore[method-assign]
