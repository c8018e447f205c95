"""`make run`'s parent process, with real processes: it starts both, watches both, leaves none."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config import serve

ROOT = Path(__file__).resolve().parent.parent.parent
# They bring a database of their own, whatever the suite runs on: once is enough.
pytestmark = [pytest.mark.processes, pytest.mark.sqlite]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(condition: Callable[[], Any], seconds: float = 240) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.2)
    raise AssertionError(f"did not happen within {seconds} s")


def _environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment in which the platform keeps everything below this folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MINGFA_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, "MINGFA_VAR": str(folder), "MINGFA_DEMO": "0", **more}


class Running:
    """One start of the platform in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.log = (folder / "log").open("w+")
        self.parent = subprocess.Popen(
            [sys.executable, "-m", "config.serve"],
            cwd=ROOT,
            env=_environment(folder, PORT=str(port)),
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def said(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def processes(self, words: str = "") -> list[int]:
        """Return the processes of this start whose command line holds `words`."""
        mark = f"MINGFA_VAR={self.folder}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                environment = (entry / "environ").read_bytes().split(b"\0")
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if mark in environment and words in command and command:
                found.append(int(entry.name))
        return sorted(found)

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as told:
                return dict(json.load(told))
        except urllib.error.HTTPError as failing:
            return dict(json.load(failing))
        except OSError:
            return {}

    def is_well(self) -> bool:
        return self.health().get("status") == "ok"

    def leader(self, words: str) -> int:
        """Return the process that the parent itself started."""
        for pid in self.processes(words):
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
            if int(stat.rsplit(")", 1)[1].split()[1]) == self.parent.pid:
                return pid
        return 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Share one prepared folder, so that every start in it is a later one."""
    prepared = tmp_path_factory.mktemp("platform")
    subprocess.run([sys.executable, "-m", "config.prepare"], cwd=ROOT, env=_environment(prepared), check=True)
    return prepared


@pytest.fixture
def running(folder: Path) -> Iterator[Running]:
    started = Running(folder, _free_port())
    try:
        _wait(started.is_well)
        yield started
    finally:
        started.parent.kill()
        started.parent.wait()
        for pid in started.processes():
            os.kill(pid, signal.SIGKILL)
        started.log.close()


def _stopped_by(running: Running, how: signal.Signals) -> bool:
    running.parent.send_signal(how)
    assert running.parent.wait(serve.PATIENCE_SECONDS + 20) == 0
    return bool(_wait(lambda: not running.processes(), 5))


def test_a_killed_worker_is_started_again_and_sigterm_leaves_no_process(running: Running) -> None:
    assert f"http://127.0.0.1:{running.port}/" in running.said()
    assert running.leader("granian")
    first = running.leader("qcluster")
    os.kill(first, signal.SIGKILL)

    second = _wait(lambda: (now := running.leader("qcluster")) not in {0, first} and now, 40)

    assert second
    assert "worker ended by itself" in running.said()
    assert running.parent.poll() is None
    assert _stopped_by(running, signal.SIGTERM)


def test_a_later_start_has_nothing_to_prepare_and_ctrl_c_leaves_no_process(running: Running) -> None:
    """What takes time is not done again; that is what makes it start within ten seconds."""
    said = running.said()

    assert "is running at" in said
    assert "Migrating" not in said
    assert "Collecting" not in said
    assert _stopped_by(running, signal.SIGINT)


def test_a_killed_web_server_ends_the_platform(running: Running) -> None:
    os.kill(running.leader("granian"), signal.SIGKILL)

    assert running.parent.wait(serve.PATIENCE_SECONDS + 10) == 1
    assert "web server ended by itself" in running.said()
    assert _wait(lambda: not running.processes(), 5)


def test_nothing_outlives_a_killed_parent(running: Running) -> None:
    running.parent.kill()
    running.parent.wait()

    assert _wait(lambda: not running.processes(), 20)


def test_a_port_in_use_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = Running(tmp_path, port)

        assert refused.parent.wait(20) == 1
        refused.log.close()
    assert f"Port {port} on 127.0.0.1 is in use" in refused.said()
    assert f"PORT={port + 1} make run" in refused.said()
    assert "Traceback" not in refused.said()


def test_an_address_that_is_not_ours_is_told() -> None:
    assert "Cannot listen on 192.0.2.1:8000" in serve.refusal_to_listen("192.0.2.1", 8000)


def test_the_welcome_names_an_address_that_can_be_opened() -> None:
    everywhere = serve.welcome("0.0.0.0", 8000, "officer 1001 / secret")

    assert "http://127.0.0.1:8000/" in everywhere
    assert "officer 1001 / secret" in everywhere
