"""SQL written once from a model, for the one path where writing it anew would cost more than running it.

The ORM composes a statement for every call; for a save in the examination room that is half of its processor time.
Here the statements are composed once per engine from the model's own fields, and values pass through the same
adapters and converters as in the ORM.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models

Thing = TypeVar("Thing", bound=models.Model)
Converter = Callable[..., Any]
# SQL and its values.
Statement = tuple[str, list[Any]]


class PreparedTable(Generic[Thing]):
    """The statements that lock and read, insert, or update one row of a model, on the default database."""

    def __init__(self, model: type[Thing], *, updates: Sequence[str] = ()) -> None:
        self.model = model
        self.updates = tuple(updates)

    @cached_property
    def _fields(self) -> list[Any]:
        return list(self.model._meta.concrete_fields)

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._fields]

    @cached_property
    def _inserted(self) -> list[Any]:
        return [field for field in self._fields if not isinstance(field, models.AutoField)]

    @cached_property
    def _updated(self) -> list[Any]:
        return [self.model._meta.get_field(name) for name in self.updates]

    @cached_property
    def _table(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    @cached_property
    def _key(self) -> str:
        return self._column(self.model._meta.pk)

    def _column(self, field: Any) -> str:
        return connection.ops.quote_name(field.column)

    @cached_property
    def _converters(self) -> list[tuple[int, list[Converter], Any]]:
        """Return (place, converters, column) of the columns that the engine does not give as the field wants them."""
        found = []
        for place, field in enumerate(self._fields):
            column = field.get_col(self.model._meta.db_table)
            converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
            if converters:
                found.append((place, converters, column))
        return found

    @cached_property
    def _select(self) -> str:
        columns = ", ".join(map(self._column, self._fields))
        lock = f" {connection.ops.for_update_sql()}" if connection.features.has_select_for_update else ""
        return f"SELECT {columns} FROM {self._table} WHERE {self._key} = %s{lock}"  # noqa: S608  (names of ours)

    @cached_property
    def _insert(self) -> str:
        columns = ", ".join(map(self._column, self._inserted))
        places = ", ".join(["%s"] * len(self._inserted))
        return f"INSERT INTO {self._table} ({columns}) VALUES ({places})"  # noqa: S608

    @cached_property
    def _update(self) -> str:
        changes = ", ".join(f"{self._column(field)} = %s" for field in self._updated)
        return f"UPDATE {self._table} SET {changes} WHERE {self._key} = %s"  # noqa: S608

    def lock(self, key: int) -> Thing | None:
        """Lock the row with this primary key and return it; None when there is none. Needs a transaction."""
        with connection.cursor() as cursor:
            cursor.execute(self._select, [key])
            row = cursor.fetchone()
        if row is None:
            return None
        values = list(row)
        for place, converters, column in self._converters:
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return self.model.from_db(connection.alias, self._names, values)

    def inserting(self, thing: Thing) -> Statement:
        """Return the statement that inserts the row; the object does not learn its primary key."""
        return self._insert, [
            field.get_db_prep_save(getattr(thing, field.attname), connection) for field in self._inserted
        ]

    def updating(self, thing: Thing) -> Statement:
        """Return the statement that writes the columns named in `updates`."""
        values = [field.get_db_prep_save(getattr(thing, field.attname), connection) for field in self._updated]
        return self._update, [*values, thing.pk]


def run(*statements: Statement) -> None:
    """Execute statements in order; in one journey to the server where the engine takes several at once."""
    with connection.cursor() as cursor:
        if _takes_several():
            several = "; ".join(sql for sql, _values in statements)
            cursor.execute(several, [value for _sql, values in statements for value in values])
        else:
            for sql, values in statements:
                cursor.execute(sql, values)


def _takes_several() -> bool:
    """PostgreSQL takes several at once unless values are bound by the server."""
    if connection.vendor != "postgresql":
        return False
    return not connection.settings_dict["OPTIONS"].get("server_side_binding", False)
