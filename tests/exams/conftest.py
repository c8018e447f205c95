from collections.abc import Callable

import pytest
from django.db import connection

from common.triggers import drop_statements


@pytest.fixture
def tampering() -> Callable[[str, str], None]:
    """Return a function that changes an append-only table as somebody with the database's own password could."""

    def tamper(table: str, statement: str) -> None:
        with connection.cursor() as cursor:
            for drop in drop_statements(table, connection.vendor):
                cursor.execute(drop)
            cursor.execute(statement)

    return tamper
