"""Names fit domestic databases: at most 30 characters, and no word that SQL reserves."""

import pytest
from django.db import connection, models

from tests.architecture.project import model_id, our_models

LONGEST = 30
PREFIXES = {
    "common": "com_",
    "personnel": "per_",
    "statutes": "sta_",
    "cms": "cms_",
    "question_banks": "qb_",
    "exams": "exa_",
    "training": "tra_",
}
# What PostgreSQL and SQLite reserve, and with them the databases made after PostgreSQL.
RESERVED = frozenset(
    """
    add all alter analyse analyze and any array as asc asymmetric authorization autoincrement
    between binary both case cast check collate collation column commit concurrently constraint
    create cross current_catalog current_date current_role current_schema current_time
    current_timestamp current_user default deferrable delete desc distinct do drop else end
    escape except exists false fetch for foreign freeze from full grant group having if ilike in
    index initially inner insert intersect into is isnull join lateral leading left like limit
    localtime localtimestamp natural not nothing notnull null offset on only or order outer
    overlaps placing primary references returning right rollback select session_user set similar
    some symmetric table tablesample then to trailing transaction true union unique update user
    using values variadic verbose when where window with
    """.split()
)


@pytest.mark.parametrize("model", our_models(), ids=model_id)
def test_tables_and_columns_are_short_and_no_sql_words(model: type[models.Model]) -> None:
    names = [model._meta.db_table, *(field.column for field in model._meta.local_concrete_fields)]

    assert model._meta.db_table.startswith(PREFIXES[model._meta.app_label])
    assert [name for name in names if len(name) > LONGEST] == []
    assert [name for name in names if name.lower() in RESERVED] == []


@pytest.mark.parametrize("model", our_models(), ids=model_id)
def test_declared_indexes_and_constraints_are_short(model: type[models.Model]) -> None:
    named = [*model._meta.indexes, *model._meta.constraints]

    assert [rule.name for rule in named if len(rule.name) > LONGEST] == []


@pytest.mark.parametrize("model", our_models(), ids=model_id)
def test_indexes_and_constraints_are_named_by_us(model: type[models.Model]) -> None:
    prefix = PREFIXES[model._meta.app_label]

    named = [*model._meta.indexes, *model._meta.constraints]
    assert [rule.name for rule in named if not rule.name.startswith(prefix)] == []


@pytest.mark.django_db
@pytest.mark.postgres
def test_names_that_django_makes_are_not_cut() -> None:
    """Keys and plain indexes are named by Django; PostgreSQL cuts names at 63 bytes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE length(relname) >= 63 "
            "UNION SELECT conname FROM pg_constraint WHERE length(conname) >= 63"
        )
        cut = {name for (name,) in cursor.fetchall()}

    assert {name for name in cut if name.startswith(tuple(PREFIXES.values()))} == set()
