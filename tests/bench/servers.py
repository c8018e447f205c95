"""Scratch databases and the servers on them. Everything made here is removed again."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from config.serve import web_command

ROOT = Path(__file__).resolve().parent.parent.parent
POSTGRES = "postgres://postgres@127.0.0.1:5432"
START_SECONDS = 60


@dataclass(frozen=True)
class Scratch:
    """A database made for one run, and the environment in which the platform uses it."""

    engine: str
    environment: dict[str, str]

    def with_settings(self, settings: str) -> dict[str, str]:
        return {**self.environment, "DJANGO_SETTINGS_MODULE": settings}

    def run(self, *command: str, settings: str = "config.settings.dev") -> str:
        """Run a Python command of the project to its end; return what it printed."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.with_settings(settings),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
        return done.stdout


def _environment(folder: str, url: str) -> dict[str, str]:
    return {**os.environ, "MINGFA_VAR": folder, "DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}


@contextlib.contextmanager
def sqlite() -> Iterator[Scratch]:
    """A database file in a temporary folder (MINGFA_BENCH_DIR chooses the disk)."""
    with tempfile.TemporaryDirectory(prefix="mingfa-bench-", dir=os.environ.get("MINGFA_BENCH_DIR")) as folder:
        yield Scratch("SQLite", _environment(folder, f"sqlite:///{folder}/bench.sqlite3"))


def postgres_is_there() -> bool:
    """Tell whether the local server takes connections."""
    try:
        psycopg.connect(f"{POSTGRES}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def postgres() -> Iterator[Scratch]:
    """A database of its own on the local server, dropped afterwards."""
    name = f"mingfa_bench_{secrets.token_hex(4)}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    try:
        with tempfile.TemporaryDirectory(prefix="mingfa-bench-") as folder:
            yield Scratch("PostgreSQL", _environment(folder, f"{POSTGRES}/{name}"))
    finally:
        with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def prepare(scratch: Scratch, candidates: int) -> dict[str, Any]:
    """Migrate and fill the database; return what `tests.bench.prepare` printed."""
    scratch.run("manage.py", "migrate", "--verbosity", "0")
    told = scratch.run("-m", "tests.bench.prepare", str(candidates), settings="tests.bench.bare_settings")
    prepared: dict[str, Any] = json.loads(told)
    return prepared


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(scratch: Scratch, settings: str) -> Iterator[int]:
    """Run the platform's web server as `make run` does; yield its port."""
    port = free_port()
    process = subprocess.Popen(
        web_command("127.0.0.1", port), cwd=ROOT, env=scratch.with_settings(settings), start_new_session=True
    )
    try:
        _wait(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("The web server did not start.")
