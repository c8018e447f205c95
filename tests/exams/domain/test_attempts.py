from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from common.models import AuditEvent
from exams import api
from exams.domain import attempts, evidence, responses, room_tokens
from exams.enums import AttemptState, EventKind
from exams.errors import ActiveElsewhere, AttemptClosed, EntryRefused, Superseded, TooEarly, TooLate
from exams.models import Attempt, Response
from tests.factories import exams as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(people: Any) -> make.Hall:
    return make.hall(people)


@pytest.fixture
def attempt(hall: make.Hall, people: Any) -> Attempt:
    return hall.attempt(people.learner)


def token(attempt: Attempt) -> room_tokens.RoomToken:
    return room_tokens.RoomToken(attempt.code, attempt.pk, attempt.lease)


def save(attempt: Attempt, seq: int, *answers: dict[str, Any], at: datetime | None = None) -> attempts.Saved:
    return attempts.save(token(attempt), seq=seq, answers=answers, at=at or timezone.now())


def answer(attempt: Attempt, item: int, *options: int) -> dict[str, Any]:
    row = attempt.frozen_layout.layout[item]
    return {"item": row["item"], "value": [row["options"][option] for option in options]}


def after_deadline(attempt: Attempt, seconds: float = 6) -> datetime:
    return attempt.deadline_at + timedelta(seconds=seconds)


def test_start_is_idempotent_for_the_same_page(hall: make.Hall, people: Any) -> None:
    candidacy = hall.candidate(people.learner)
    first = api.start(candidacy, by=people.learner, page=make.PAGE)
    again = api.start(candidacy, by=people.learner, page=make.PAGE)
    assert (again.pk, again.lease, again.deadline_at) == (first.pk, 1, first.deadline_at)
    assert [event.kind for event in first.events.all()] == [EventKind.STARTED]


def test_start_refuses_who_is_not_admitted(hall: make.Hall, people: Any) -> None:
    with pytest.raises(EntryRefused) as refusal:
        api.start(hall.candidate(people.learner, admitted=False), by=people.learner, page=make.PAGE)
    assert refusal.value.code == "not_admitted"


@pytest.mark.parametrize(("minutes_ago", "code"), [(-10, "not_open_yet"), (31, "entry_closed")])
def test_start_refuses_outside_the_entry_window(people: Any, minutes_ago: int, code: str) -> None:
    hall = make.hall(people, opened_minutes_ago=minutes_ago)
    with pytest.raises(EntryRefused) as refusal:
        hall.attempt(people.learner)
    assert refusal.value.code == code


@pytest.mark.fault("F01")
def test_f01_answer_after_deadline_and_grace_is_kept_as_evidence_only(attempt: Attempt) -> None:
    save(attempt, 1, answer(attempt, 0, 1))
    save(attempt, 2, answer(attempt, 1, 1), at=attempt.deadline_at + timedelta(seconds=4))
    with pytest.raises(TooLate):
        save(attempt, 3, answer(attempt, 0, 2), at=after_deadline(attempt))
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.TIMED_OUT
    late = Response.objects.get(attempt=attempt, is_late=True)
    assert late.seq == 3
    effective = responses.in_effect(attempt)
    first, second = answer(attempt, 0, 1), answer(attempt, 1, 1)
    assert effective == {first["item"]: first["value"], second["item"]: second["value"]}
    assert AuditEvent.objects.get(action="exams.late_answers_kept").subject == f"attempt:{attempt.code}"
    assert evidence.first_break(attempt) is None


@pytest.mark.fault("F01")
def test_f01_late_evidence_is_bounded(attempt: Attempt) -> None:
    for seq in range(1, 30):
        with pytest.raises(TooLate):
            save(attempt, seq, answer(attempt, 0, 1), at=after_deadline(attempt))
    assert Response.objects.filter(attempt=attempt, is_late=True).count() == attempts.LATE_EVIDENCE_LIMIT


@pytest.mark.fault("F04")
def test_f04_replayed_autosave_is_ignored(attempt: Attempt) -> None:
    save(attempt, 1, answer(attempt, 0, 1))
    save(attempt, 2, answer(attempt, 0, 2))
    replay = save(attempt, 1, answer(attempt, 0, 3))
    assert replay.seq == 2
    chosen = answer(attempt, 0, 2)
    assert responses.in_effect(attempt) == {chosen["item"]: chosen["value"]}
    assert attempt.responses.count() == 2


@pytest.mark.fault("F05")
def test_f05_highest_sequence_wins_whatever_the_order_of_arrival(attempt: Attempt) -> None:
    save(attempt, 5, answer(attempt, 0, 2))
    late_arrival = save(attempt, 4, answer(attempt, 0, 1), answer(attempt, 1, 1))
    assert late_arrival.seq == 5
    five, four = answer(attempt, 0, 2), answer(attempt, 1, 1)
    # Batch 4 loses item 0 to batch 5, and keeps item 1, which batch 5 did not have.
    assert responses.in_effect(attempt) == {five["item"]: five["value"], four["item"]: four["value"]}


@pytest.mark.fault("F06")
def test_f06_same_request_after_a_lost_response_is_one_row(attempt: Attempt) -> None:
    one = save(attempt, 1, answer(attempt, 0, 1))
    two = save(attempt, 1, answer(attempt, 0, 1))
    assert (one.seq, one.receipt) == (two.seq, two.receipt)
    assert attempt.responses.count() == 1


@pytest.mark.fault("F07")
def test_f07_handing_in_twice_gives_one_receipt(attempt: Attempt) -> None:
    first = attempts.submit(token(attempt), seq=1, answers=[answer(attempt, 0, 1)], at=timezone.now())
    again = attempts.submit(token(attempt), seq=1, answers=[answer(attempt, 0, 1)], at=timezone.now())
    assert first.receipt == again.receipt
    assert first.receipt is not None
    assert attempt.events.filter(kind=EventKind.SUBMITTED).count() == 1
    assert attempt.responses.count() == 1


@pytest.mark.fault("F08")
def test_f08_autosave_after_handing_in_gets_closed(attempt: Attempt) -> None:
    attempts.submit(token(attempt), seq=1, answers=[], at=timezone.now())
    with pytest.raises(AttemptClosed):
        save(attempt, 2, answer(attempt, 0, 1))
    assert responses.in_effect(attempt) == {}


@pytest.mark.fault("F09")
def test_f09_sweeper_closes_with_the_last_saved_answers_once(attempt: Attempt) -> None:
    save(attempt, 1, answer(attempt, 0, 1))
    assert attempts.close_overdue(at=attempt.deadline_at + timedelta(seconds=4)) == 0
    assert attempts.close_overdue(at=after_deadline(attempt)) == 1
    assert attempts.close_overdue(at=after_deadline(attempt)) == 0
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.TIMED_OUT
    assert attempt.receipt is not None
    assert len(responses.in_effect(attempt)) == 1
    assert attempt.events.filter(kind=EventKind.TIMED_OUT).count() == 1


@pytest.mark.fault("F10")
def test_f10_extension_moves_the_deadline_and_is_audited(attempt: Attempt, people: Any) -> None:
    before = attempt.deadline_at
    api.give_extra_time(attempt.candidacy, 15, reason="停电十五分钟", by=people.exam_officer)
    attempt.refresh_from_db()
    assert attempt.deadline_at == before + timedelta(minutes=15)
    event = AuditEvent.objects.get(action="exams.extra_time_given")
    assert (event.actor_code, event.reason, event.detail) == ("E3001", "停电十五分钟", {"minutes": 15})
    saved = save(attempt, 1, answer(attempt, 0, 1), at=before + timedelta(minutes=10))
    assert saved.attempt.deadline_at == attempt.deadline_at
    assert evidence.first_break(saved.attempt) is None


@pytest.mark.fault("F12")
def test_f12_second_page_must_take_over_and_supersedes_the_first(attempt: Attempt, people: Any) -> None:
    with pytest.raises(ActiveElsewhere):
        api.start(attempt.candidacy, by=people.learner, page="page-two-0002")
    taken = api.start(attempt.candidacy, by=people.learner, page="page-two-0002", take_over=True)
    assert taken.lease == 2
    with pytest.raises(Superseded):
        save(attempt, 1, answer(attempt, 0, 1))
    save(taken, 1, answer(attempt, 0, 2))
    assert [event.kind for event in attempt.events.order_by("link")] == [EventKind.STARTED, EventKind.TAKEN_OVER]


def test_handing_in_waits_for_its_time(people: Any) -> None:
    running = make.hall(people, submit_opens_after_minutes=20).attempt(people.learner)
    with pytest.raises(TooEarly):
        attempts.submit(token(running), seq=1, answers=[answer(running, 0, 1)], at=timezone.now())
    attempts.submit(token(running), seq=1, answers=[], at=running.started_at + timedelta(minutes=20))


@pytest.mark.fault("F30")
def test_f30_attempt_keeps_its_frozen_version_when_the_question_is_edited(attempt: Attempt) -> None:
    item = attempt.paper.items.select_related("version__question").first()
    assert item is not None
    before = item.version_id
    old = item.version
    old.pk, old.number = None, 2
    old.key = {"version": 1, "right": ["B"]}
    old._state.adding = True
    old.save()
    old.question.current = old
    old.question.save()
    item.refresh_from_db()
    assert item.version_id == before
    attempts.submit(token(attempt), seq=1, answers=make.right_answers(attempt), at=timezone.now())
    assert api.grade(attempt).score == 100


def test_chain_shows_a_changed_answer(attempt: Attempt, tampering: Any) -> None:
    save(attempt, 1, answer(attempt, 0, 1))
    save(attempt, 2, answer(attempt, 1, 1))
    attempt.refresh_from_db()
    tampering("exa_response", "UPDATE exa_response SET seq = 9 WHERE seq = 1")
    broken = evidence.first_break(attempt)
    assert broken is not None
    assert "link 2" in broken.place


def test_chain_shows_a_cut_off_end(attempt: Attempt, tampering: Any) -> None:
    save(attempt, 1, answer(attempt, 0, 1))
    attempt.refresh_from_db()
    tampering("exa_response", "DELETE FROM exa_response")
    broken = evidence.first_break(attempt)
    assert broken is not None
    assert broken.reason == "the chain ends before its noted head"


@pytest.mark.fault("F03")
def test_f03_a_step_of_the_servers_clock_moves_no_deadline(attempt: Attempt) -> None:
    fixed = attempt.deadline_at
    with time_machine.travel(fixed - timedelta(minutes=50), tick=False):
        saved = save(attempt, 1, answer(attempt, 0, 1))
        assert saved.attempt.deadline_at == fixed
    with time_machine.travel(fixed + timedelta(seconds=1), tick=False):
        assert save(attempt, 2, answer(attempt, 0, 2)).attempt.deadline_at == fixed
        assert attempts.close_overdue(at=timezone.now()) == 0
    attempt.refresh_from_db()
    assert (attempt.deadline_at, attempt.state) == (fixed, AttemptState.IN_PROGRESS)
