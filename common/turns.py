"""Taking turns at writing, where the database has one writer at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

# Seconds to wait for the other threads of this process, as long as SQLite itself waits for other processes.
PATIENCE_SECONDS = 20
_turn = threading.RLock()


@contextmanager
def writing_turn() -> Iterator[None]:
    """Queue the threads of this process before they ask SQLite for its one write lock; nothing on PostgreSQL.

    A connection that finds SQLite locked sleeps and looks again, up to a tenth of a second later, while a thread that
    waits here goes on the moment the other has committed. Enter it before the transaction, never inside one.

    Raises:
        OperationalError: no turn within the time; nothing was written.
    """
    if connection.vendor != "sqlite":
        yield
        return
    if not _turn.acquire(timeout=PATIENCE_SECONDS):
        raise OperationalError("database is locked")
    try:
        yield
    finally:
        _turn.release()
