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
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import env


def say(sentence: str) -> None:
    """Tell the operator what takes time, before it does."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def migrate() -> None:
    """Apply migrations that are not applied yet."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Migrating the database")
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
    say("Collecting static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)


def seed() -> str:
    """Fill an empty database with the demonstration; return its logins, in lines.

    With MINGFA_DEMO=0 nothing is filled in and nothing returned.
    """
    if not env.read_flag("MINGFA_DEMO", default=True) or "seed_demo" not in get_commands():
        return ""
    told = io.StringIO()
    if not get_user_model()._default_manager.exists():
        say("Loading the demonstration")
        call_command("seed_demo", if_empty=True, stdout=io.StringIO())
    call_command("demo_logins", stdout=told)
    return told.getvalue()


def main(arguments: list[str]) -> int:
    """Run every step in order; return the exit code.

    A number as argument is the file descriptor that takes the demonstration's logins.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    migrate()
    collect_static()
    logins = seed()
    call_command("sync_schedules", stdout=io.StringIO())
    if arguments:
        with os.fdopen(int(arguments[0]), "w", encoding="utf-8") as told:
            told.write(logins)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
