"""Bring database, schedules and static files up to date before the platform starts.

One process for all of it, because starting Django is what costs time. Every step does nothing when
there is nothing to do.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import env


def migrate() -> None:
    """Apply migrations that are not applied yet."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        sys.stdout.write("Migrating the database\n")
        call_command("migrate", interactive=False, verbosity=0)


def _static_fingerprint() -> str:
    """Return a digest over path, size and time of every static file as it lies in the source."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}|{found.st_size}|{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect, hash and compress static files, when any of them changed since the last time."""
    stamp = Path(settings.VAR_DIR) / "static.stamp"
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    sys.stdout.write("Collecting static files\n")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)


def seed() -> None:
    """Fill an empty database with the demonstration, unless MINGFA_DEMO says no."""
    if env.read_flag("MINGFA_DEMO", default=True) and "seed_demo" in get_commands():
        call_command("seed_demo", if_empty=True)


def main() -> int:
    """Run every step in order; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    migrate()
    collect_static()
    seed()
    call_command("sync_schedules", stdout=io.StringIO())
    return 0


if __name__ == "__main__":
    sys.exit(main())
