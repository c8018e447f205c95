"""Prepared statements read and write what the ORM does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from common.prepared import PreparedTable, run
from exams.models import Attempt, Response
from tests.factories import exams as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(people: Any) -> Attempt:
    return made.hall(people).attempt(people.learner)


def columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_locked_row_equals_what_the_orm_reads(attempt: Attempt) -> None:
    with transaction.atomic():
        locked = PreparedTable(Attempt).lock(attempt.pk)
    assert locked is not None
    assert columns(locked) == columns(Attempt.objects.get(pk=attempt.pk))
    assert locked.deadline_at.tzinfo is not None


def test_lock_of_no_row_is_none(attempt: Attempt) -> None:
    with transaction.atomic():
        assert PreparedTable(Attempt).lock(attempt.pk + 1) is None


def test_update_writes_the_named_columns_only(attempt: Attempt) -> None:
    seen = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
    attempt.last_seen_at, attempt.last_seq, attempt.page = seen, 12, "another"
    run(PreparedTable(Attempt, updates=["last_seen_at", "last_seq"]).updating(attempt))
    stored = Attempt.objects.get(pk=attempt.pk)
    assert (stored.last_seen_at, stored.last_seq, stored.page) == (seen, 12, made.PAGE)


def test_inserted_row_equals_what_was_given(attempt: Attempt) -> None:
    response = Response(
        attempt_id=attempt.pk,
        seq=3,
        link=9,
        answers=[{"item": "ab", "value": ["条", "款"]}],
        received_at=datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC),
        previous="0" * 64,
        digest="1" * 64,
    )
    run(PreparedTable(Response).inserting(response))
    stored = Response.objects.get(attempt=attempt, seq=3)
    assert {**columns(stored), "id": None} == columns(response)
