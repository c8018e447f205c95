"""Promise P01: an answer acknowledged to the browser survives kill -9 of every process.

With real processes on real files, on whichever engine the suite runs on; PostgreSQL is killed in a server of the
test's own.
"""

import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from exams.domain import evidence, room_tokens
from exams.models import Attempt, Response
from tests.factories import exams as make
from tests.factories.personnel import OfficerFactory
from tests.faults.servers import OwnPostgres, WebServer, database_url, postgres_programs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]


class Writer:
    """A page that saves as fast as it can, remembers what was acknowledged, and tries again what was not."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.path = f"/api/room/attempts/{attempt.code}/responses"
        self.headers = {"Authorization": f"Bearer {room_tokens.issue(attempt)}"}
        self.layout = attempt.frozen_layout.layout
        self.seq = 0
        self.acknowledged: dict[int, dict[str, Any]] = {}
        self.unsent: tuple[int, dict[str, Any]] | None = None

    def next_answer(self) -> tuple[int, dict[str, Any]]:
        if self.unsent is None:
            self.seq += 1
            row = self.layout[self.seq % len(self.layout)]
            self.unsent = self.seq, {"item": row["item"], "value": [row["options"][self.seq % len(row["options"])]]}
        return self.unsent

    def save_once(self, server: WebServer, **headers: str) -> bool:
        """Send the next answer; return whether it was acknowledged."""
        seq, answer = self.next_answer()
        try:
            status, _body = server.call("PUT", self.path, {"seq": seq, "answers": [answer]}, **self.headers, **headers)
        except OSError:
            return False
        if status != 200:
            return False
        self.acknowledged[seq], self.unsent = answer, None
        return True


@pytest.fixture
def attempt(people: Any) -> Attempt:
    return make.hall(people).attempt(people.learner)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer(database_url()) as running:
        yield running


def check_nothing_is_lost(writer: Writer) -> None:
    stored = dict(Response.objects.filter(attempt=writer.attempt).values_list("seq", "answers"))
    for seq, answer in writer.acknowledged.items():
        assert stored.get(seq) == [answer], f"acknowledged answer {seq} is not there"
    assert evidence.first_break(Attempt.objects.get(pk=writer.attempt.pk)) is None


@pytest.mark.fault("F19")
def test_f19_killed_between_commit_and_response_the_retry_is_one_row(attempt: Attempt, server: WebServer) -> None:
    writer = Writer(attempt)
    assert writer.save_once(server)
    assert not writer.save_once(server, **{"X-Test-Die": "before-response"})
    assert Response.objects.filter(attempt=attempt, seq=2).count() == 1, "the commit came before the kill"
    server.kill()
    server.start()
    assert writer.save_once(server)
    assert Response.objects.filter(attempt=attempt).count() == 2
    check_nothing_is_lost(writer)


@pytest.mark.fault("F20")
def test_f20_killed_before_the_commit_nothing_was_acknowledged_and_the_retry_lands(
    attempt: Attempt, server: WebServer
) -> None:
    writer = Writer(attempt)
    assert writer.save_once(server)
    assert not writer.save_once(server, **{"X-Test-Die": "before-commit"})
    assert not Response.objects.filter(attempt=attempt, seq=2).exists()
    server.kill()
    server.start()
    assert writer.save_once(server)
    assert sorted(writer.acknowledged) == [1, 2]
    check_nothing_is_lost(writer)


def storm(writers: list[Writer], server: WebServer, kill: Any, *, rounds: int, seconds: float) -> None:
    """Let every writer save without pause while `kill` strikes again and again."""
    ended = threading.Event()

    def write(writer: Writer) -> None:
        while not ended.is_set():
            if not writer.save_once(server):
                time.sleep(0.02)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        for _ in range(rounds):
            time.sleep(seconds)
            kill()
        time.sleep(seconds)
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def running_attempts(people: Any, number: int) -> list[Writer]:
    hall = make.hall(people)
    return [Writer(hall.attempt(OfficerFactory(unit=people.team))) for _ in range(number)]


@pytest.mark.fault("F19")
@pytest.mark.fault("F20")
def test_f21_kill_9_of_the_web_server_during_saves_loses_no_acknowledged_answer(
    people: Any, server: WebServer
) -> None:
    writers = running_attempts(people, 4)

    def strike() -> None:
        server.kill()
        server.start()

    storm(writers, server, strike, rounds=2, seconds=1.0)
    assert all(len(writer.acknowledged) > 5 for writer in writers)
    for writer in writers:
        check_nothing_is_lost(writer)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)


@pytest.mark.postgres
@pytest.mark.fault("F21")
def test_f21_kill_9_of_postgresql_during_saves_loses_no_acknowledged_answer(people: Any, open_folder: Path) -> None:
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server programs are not installed here, so none can be killed")
    writers = running_attempts(people, 4)
    own = OwnPostgres(open_folder, programs)
    own.start()
    try:
        own.copy_from(database_url())
        with WebServer(own.url) as server:

            def strike() -> None:
                own.kill()
                own.start()

            storm(writers, server, strike, rounds=2, seconds=1.5)
        stored = answers_in(own.url)
    finally:
        own.kill()
    for writer in writers:
        assert len(writer.acknowledged) > 5
        for seq, answer in writer.acknowledged.items():
            assert stored.get((writer.attempt.pk, seq)) == [answer], f"acknowledged answer {seq} is not there"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Yield a folder that the database server's user can reach; pytest's own are closed to all but their owner."""
    with tempfile.TemporaryDirectory(prefix="mingfa-postgres-") as name:
        yield Path(name)


def answers_in(url: str) -> dict[tuple[int, int], Any]:
    """Return (attempt, seq) → answers as another database holds them."""
    import psycopg  # noqa: PLC0415  (only here)

    with psycopg.connect(url) as other:
        rows = other.execute("SELECT attempt_id, seq, answers FROM exa_response").fetchall()
    return {(attempt, seq): answers for attempt, seq, answers in rows}
