"""Requests that meet: one submission, one order of saves. Each lock has its negative control."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from exams.domain import evidence, responses, room_tokens
from exams.enums import AttemptState, EventKind
from exams.models import Attempt
from tests.factories import exams as make
from tests.faults.servers import WebServer, database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
PAUSE = {"X-Test-Pause": "0.3"}
UNLOCKED = {**PAUSE, "X-Test-Unlocked": "1"}


@pytest.fixture
def attempt(people: Any) -> Attempt:
    return make.hall(people).attempt(people.learner)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer(database_url()) as running:
        yield running


def together(server: WebServer, attempt: Attempt, calls: list[tuple[str, str, Any]], **headers: str) -> list[Any]:
    """Make the calls at once; return their (status, body) in order."""
    headers["Authorization"] = f"Bearer {room_tokens.issue(attempt)}"
    base = f"/api/room/attempts/{attempt.code}"
    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(server.call, method, base + path, body, **headers) for method, path, body in calls]
        return [future.result() for future in futures]


def answer(attempt: Attempt, item: int, option: int) -> dict[str, Any]:
    row = attempt.frozen_layout.layout[item]
    return {"item": row["item"], "value": [row["options"][option]]}


@pytest.mark.fault("F07")
def test_f07_parallel_submits_are_one_submission_with_one_receipt(attempt: Attempt, server: WebServer) -> None:
    submit = ("POST", "/submit", {"seq": 1, "answers": [answer(attempt, 0, 1)]})
    answers = together(server, attempt, [submit] * 4, **PAUSE)
    assert [status for status, _body in answers] == [200] * 4
    assert len({body["receipt"] for _status, body in answers}) == 1
    assert attempt.events.filter(kind=EventKind.SUBMITTED).count() == 1
    assert evidence.first_break(Attempt.objects.get(pk=attempt.pk)) is None


@pytest.mark.postgres
@pytest.mark.fault("F07")
def test_f07_without_the_lock_parallel_submits_collide(attempt: Attempt, server: WebServer) -> None:
    """The negative control: SQLite queues writers by itself, so the race can only be shown on PostgreSQL."""
    submit = ("POST", "/submit", {"seq": 1, "answers": [answer(attempt, 0, 1)]})
    statuses = Counter(status for status, _body in together(server, attempt, [submit] * 4, **UNLOCKED))
    assert statuses[500] >= 1
    # Even then the database let only one of them in.
    assert attempt.events.filter(kind=EventKind.SUBMITTED).count() == 1


@pytest.mark.fault("F08")
def test_f08_submit_and_late_autosave_meet_and_the_attempt_stays_whole(attempt: Attempt, server: WebServer) -> None:
    calls = [
        ("POST", "/submit", {"seq": 2, "answers": [answer(attempt, 0, 1)]}),
        *(("PUT", "/responses", {"seq": seq, "answers": [answer(attempt, 1, 0)]}) for seq in (3, 4, 5)),
    ]
    outcomes = together(server, attempt, calls, **PAUSE)
    assert outcomes[0][0] == 200
    refused = [body["code"] for status, body in outcomes[1:] if status != 200]
    assert set(refused) <= {"closed"}
    closed = Attempt.objects.get(pk=attempt.pk)
    assert closed.state == AttemptState.SUBMITTED
    assert closed.responses.count() == 1 + (3 - len(refused))
    assert evidence.first_break(closed) is None


@pytest.mark.fault("F05")
def test_f05_parallel_saves_keep_every_answer_in_the_order_of_their_numbers(
    attempt: Attempt, server: WebServer
) -> None:
    calls = [("PUT", "/responses", {"seq": seq, "answers": [answer(attempt, 0, seq % 4)]}) for seq in range(1, 9)]
    outcomes = together(server, attempt, calls)
    assert [status for status, _body in outcomes] == [200] * 8
    stored = Attempt.objects.get(pk=attempt.pk)
    assert sorted(stored.responses.values_list("seq", flat=True)) == list(range(1, 9))
    last = answer(attempt, 0, 8 % 4)
    assert responses.in_effect(stored) == {last["item"]: last["value"]}
    assert evidence.first_break(stored) is None
