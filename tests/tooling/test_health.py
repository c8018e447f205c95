"""GET /healthz tells the truth about each part and nothing else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django_q.models import OrmQ

from common import clock, heartbeat, queue
from common.models import Heartbeat
from config import health

pytestmark = pytest.mark.django_db


def _ask(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/healthz")
    return response.status_code, json.loads(response.content)


def test_all_well(client: Client) -> None:
    heartbeat.beat()

    status, told = _ask(client)

    assert status == 200
    assert told["status"] == "ok"
    assert [part["ok"] for name, part in told.items() if name != "status"] == [True] * 4


def test_the_probe_is_really_written(client: Client) -> None:
    _ask(client)
    first = heartbeat.last_seen(heartbeat.PROBE)
    _ask(client)
    second = heartbeat.last_seen(heartbeat.PROBE)

    assert first is not None
    assert second is not None
    assert second > first


def test_a_worker_that_was_never_seen_is_not_alive(client: Client) -> None:
    status, told = _ask(client)

    assert status == 503
    assert told["status"] == "failing"
    assert told["worker"] == {"ok": False, "seconds_since_seen": None}


def test_a_silent_worker_is_not_alive(client: Client) -> None:
    long_ago = clock.now() - timedelta(seconds=health.WORKER_SILENT_SECONDS + 5)
    Heartbeat.objects.create(name=heartbeat.WORKER, seen_at=long_ago)

    status, told = _ask(client)

    assert status == 503
    assert told["worker"]["ok"] is False
    assert told["worker"]["seconds_since_seen"] > health.WORKER_SILENT_SECONDS


def test_the_age_of_the_oldest_waiting_task_is_told(client: Client) -> None:
    heartbeat.beat()
    queue.enqueue("common.heartbeat.beat")
    OrmQ.objects.update(lock=clock.now() - timedelta(seconds=400))

    status, told = _ask(client)

    assert status == 503
    assert told["queue"]["ok"] is False
    assert 400 <= told["queue"]["oldest_waiting_seconds"] <= 410


def test_a_task_in_hand_does_not_count_as_waiting() -> None:
    queue.enqueue("common.heartbeat.beat")
    OrmQ.objects.update(lock=clock.now() + timedelta(seconds=900))

    assert queue.oldest_waiting_seconds(clock.now()) == 0


def test_a_database_that_refuses_writes_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> dict[str, Any]:
        raise OperationalError("disk I/O error")

    monkeypatch.setitem(health.PARTS, "database", refuse)
    heartbeat.beat()

    status, told = _ask(client)

    assert status == 503
    assert told["database"] == {"ok": False}
    assert "I/O" not in json.dumps(told)


def test_the_answer_is_not_cached_and_takes_no_writes(client: Client) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]
    assert client.post("/healthz").status_code == 405
    assert "sessionid" not in client.get("/healthz").cookies
