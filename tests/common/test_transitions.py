"""State machines as tables: complete, checked under the row's lock, written down."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import models

from common import transitions
from common.errors import NotPossibleNow
from common.models import AuditEvent, Job, JobState
from common.transitions import TransitionTable
from tests.personas import People

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MOVES = {
    JobState.QUEUED: {JobState.RUNNING: "a worker takes it"},
    JobState.RUNNING: {JobState.DONE: "it ends well", JobState.FAILED: "it fails"},
    JobState.DONE: {},
    JobState.FAILED: {},
}


@pytest.fixture
def table() -> Iterator[TransitionTable]:
    yield TransitionTable("made_up", JobState, MOVES)
    del transitions.REGISTRY["made_up"]


def _job(people: People) -> Job:
    return Job.objects.create(kind="made up", title="试", owner=people.hr, created_at=AT)


def test_a_table_that_leaves_a_state_out_is_refused() -> None:
    moves = {state: allowed for state, allowed in MOVES.items() if state != JobState.FAILED}
    with pytest.raises(ValueError, match="failed"):
        TransitionTable("incomplete", JobState, moves)
    assert "incomplete" not in transitions.REGISTRY


@pytest.mark.django_db
def test_a_move_writes_state_changes_and_entry(people: People, table: TransitionTable) -> None:
    job = _job(people)
    moved = table.move(job, JobState.RUNNING, by=people.hr, at=AT, reason="试运行", title="新题")
    stored = Job.objects.get(pk=job.pk)
    assert (moved.state, job.state, stored.state, stored.title) == ("running", "running", "running", "新题")
    event = AuditEvent.objects.order_by("-link")[0]
    assert (event.action, event.subject) == ("common.made_up_running", f"made_up:{job.code}")
    assert (event.detail, event.reason, event.actor_code) == ({"from": "queued", "to": "running"}, "试运行", "H4001")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "target"),
    [(start, target) for start in JobState for target in JobState if target not in MOVES[start]],
)
def test_every_move_that_is_not_in_the_table_is_refused(
    people: People, table: TransitionTable, start: JobState, target: JobState
) -> None:
    job = _job(people)
    ended = AT if start in (JobState.DONE, JobState.FAILED) else None
    Job.objects.filter(pk=job.pk).update(state=start, finished_at=ended)
    before = AuditEvent.objects.count()
    with pytest.raises(NotPossibleNow) as refusal:
        table.move(job, target, by=people.hr, at=AT)
    assert refusal.value.code == "no_such_transition"
    assert Job.objects.get(pk=job.pk).state == start
    assert AuditEvent.objects.count() == before


@pytest.mark.django_db
def test_the_row_decides_not_what_was_read_before(people: People, table: TransitionTable) -> None:
    job = _job(people)
    stale = Job.objects.get(pk=job.pk)
    table.move(job, JobState.RUNNING, by=None, at=AT)
    assert stale.state == JobState.QUEUED
    with pytest.raises(NotPossibleNow):
        table.move(stale, JobState.RUNNING, by=None, at=AT)


def test_the_refusal_names_both_states_in_words(table: TransitionTable) -> None:
    with pytest.raises(NotPossibleNow) as refusal:
        table.check(JobState.DONE, JobState.RUNNING)
    sentence = str(refusal.value)
    assert str(JobState.DONE.label) in sentence
    assert str(JobState.RUNNING.label) in sentence
    assert isinstance(JobState.DONE, models.TextChoices)
