"""The whole platform on one machine: web server and worker under one parent (`make run`).

The parent starts both, restarts a worker that dies, ends when the web server dies, and stops both
on Ctrl-C or SIGTERM. Each child leads its own process group, so nothing of it outlives the parent.
In production the two are services of their own (`docs/operations.md`).
"""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from config import env

# Seconds between asking a child to stop and killing what is left of it. A task that is cut off is
# delivered again by the queue.
PATIENCE_SECONDS = 10
# Seconds before a worker that keeps dying is started again; doubles up to the longest.
FIRST_PAUSE_SECONDS = 1
LONGEST_PAUSE_SECONDS = 30
START_SECONDS = 60
PR_SET_PDEATHSIG = 1
ROOT = Path(__file__).resolve().parent.parent


def say(sentence: str) -> None:
    """Tell the operator, at once."""
    print(sentence, flush=True)


def refusal_to_listen(host: str, port: int) -> str:
    """Return why the address cannot be used, in a sentence; empty when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return (
                    f"Port {port} on {host} is in use by another program. "
                    f"Stop that one, or choose another port: PORT={port + 1} make run"
                )
            return f"Cannot listen on {host}:{port}: {error.strerror}. Set HOST and PORT."
    return ""


def _die_with_parent() -> None:
    """Have the kernel stop this child should its parent be killed outright (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One long-running program in a process group of its own."""

    def __init__(self, name: str, *command: str) -> None:
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program."""
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (this parent has one thread)
        )

    def has_ended(self) -> bool:
        """Tell whether the program is not running any more."""
        return self.process is None or self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the leader alone: it knows how to stop its own children."""
        if self.process and not self.has_ended():
            self.process.send_signal(signal.SIGTERM)

    def see_to_its_end(self, until: float) -> None:
        """Wait for the program until that instant of the monotonic clock, then kill its group."""
        if not self.process:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"The {self.name} did not stop within {PATIENCE_SECONDS} s and is killed.")
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()


class Platform:
    """Web server and worker, watched until one of them or the operator ends it."""

    def __init__(self, host: str, port: int, *, logins: str = "") -> None:
        self.host, self.port, self.logins = host, port, logins
        self.stopping = False
        self.web = Child("web server", *web_command(host, port))
        self.worker = Child("worker", sys.executable, "manage.py", "qcluster")
        self.pause = FIRST_PAUSE_SECONDS
        self.worker_due = 0.0

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Handle Ctrl-C and SIGTERM: leave the watch."""
        self.stopping = True

    def run(self) -> int:
        """Run until stopped; return the exit code: 0 when asked to stop, 1 when the web died."""
        signal.signal(signal.SIGINT, self.stop)
        signal.signal(signal.SIGTERM, self.stop)
        try:
            self.web.start()
            # The worker comes second, so that people need not wait for it too.
            self._wait_for_web()
            self.worker.start()
            if not self.stopping and not self.web.has_ended():
                say(welcome(self.host, self.port, self.logins))
            return self._watch()
        finally:
            self._end_children()

    def _wait_for_web(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self.stopping and not self.web.has_ended():
            try:
                socket.create_connection((reachable(self.host), self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return

    def _watch(self) -> int:
        started = time.monotonic()
        while not self.stopping:
            if self.web.has_ended():
                say("The web server ended by itself; see its last lines above.")
                return 1
            if self.worker.has_ended():
                started = self._revive_worker(started)
            time.sleep(0.2)
        say("Stopping ...")
        return 0

    def _revive_worker(self, started: float) -> float:
        """Start a dead worker again, later each time it dies young; return when it started."""
        now = time.monotonic()
        if not self.worker_due:
            if now - started > LONGEST_PAUSE_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            say(f"The worker ended by itself and is started again in {self.pause} s.")
            self.worker_due = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        elif now >= self.worker_due:
            self.worker.see_to_its_end(now)
            self.worker.start()
            self.worker_due = 0.0
            return now
        return started

    def _end_children(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        for child in (self.web, self.worker):
            child.ask_to_stop()
        for child in (self.web, self.worker):
            child.see_to_its_end(until)


def web_command(host: str, port: int) -> list[str]:
    """Return the command line of the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(env.read_number("MINGFA_WEB_WORKERS", 2, minimum=1)),
        # Threads a worker process; each holds one database connection while it answers.
        "--blocking-threads", str(env.read_number("MINGFA_WEB_THREADS", 4, minimum=1)),
        "--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws",
        "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip


def reachable(host: str) -> str:
    """Return an address under which a server that listens on `host` can be reached from here."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def prepare() -> tuple[int, str]:
    """Bring database and files up to date; return the exit code and the demonstration's logins."""
    read_end, write_end = os.pipe()
    command = [sys.executable, "-m", "config.prepare", str(write_end)]
    prepared = subprocess.run(command, cwd=ROOT, pass_fds=[write_end], check=False)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as told:
        return prepared.returncode, told.read().strip("\n")


def welcome(host: str, port: int, logins: str) -> str:
    """Return what is printed once the platform answers."""
    shown = reachable(host)
    address = f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
    parts = [f"\n  Mingfa 明法 is running at {address}", "  Stop it with Ctrl-C."]
    return "\n".join([*parts, "", logins] if logins else parts) + "\n"


def main() -> int:
    """Prepare, then run the platform; return the exit code."""
    host, port = env.read_text("HOST", "127.0.0.1"), env.read_number("PORT", 8000, minimum=1)
    refusal = refusal_to_listen(host, port)
    if refusal:
        say(refusal)
        return 1
    failed, logins = prepare()
    return failed or Platform(host, port, logins=logins).run()


if __name__ == "__main__":
    sys.exit(main())
