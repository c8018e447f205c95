from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from common.errors import NotPossibleNow
from common.models import AuditEvent
from exams import api, signals
from exams.domain import attempts, evidence, grading, results, room_tokens
from exams.enums import Band, ExamState, MultipleRule
from exams.errors import AttemptClosed
from exams.models import Attempt, Result, ScoreEntry
from tests.factories import exams as make

pytestmark = pytest.mark.django_db


def hand_in(attempt: Attempt, answers: list[dict[str, Any]]) -> Attempt:
    token = room_tokens.RoomToken(attempt.code, attempt.pk, attempt.lease)
    return attempts.submit(token, seq=1, answers=answers, at=timezone.now())


@pytest.fixture
def hall(people: Any) -> make.Hall:
    return make.hall(people)


def test_full_marks_for_right_answers(hall: make.Hall, people: Any) -> None:
    attempt = hall.attempt(people.learner)
    result = api.grade(hand_in(attempt, make.right_answers(attempt)))
    assert (result.score, result.full_marks, result.has_passed, result.band) == (100, 100, True, Band.EXCELLENT)
    assert result.ledger_length == 9
    assert sum(Decimal(row["full"]) for row in result.profile) == 100
    assert {row["name"] for row in result.profile} == {"处罚程序", "证据规则"}


def test_nothing_answered_is_zero_and_failed(hall: make.Hall, people: Any) -> None:
    result = api.grade(hand_in(hall.attempt(people.learner), []))
    assert (result.score, result.has_passed, result.band) == (0, False, Band.FAILED)


@pytest.mark.parametrize(("rule", "marks"), [(MultipleRule.ALL_OR_NOTHING, 0), (MultipleRule.PARTIAL, Decimal("7.5"))])
def test_incomplete_multiple_choice_counts_by_the_papers_rule(people: Any, rule: str, marks: Any) -> None:
    hall = make.hall(people, multiple_rule=rule)
    attempt = hall.attempt(people.learner)
    items = grading.paper_items(attempt)
    names = {row["item"] for row in attempt.frozen_layout.layout if items[row["ref"]].question_type == "multiple"}
    answers = [a for a in make.right_answers(attempt) if a["item"] in names]
    result = api.grade(hand_in(attempt, [{**answers[0], "value": answers[0]["value"][:1]}]))
    assert result.score == marks


@pytest.mark.fault("F22")
def test_f22_grading_again_writes_nothing_new(hall: make.Hall, people: Any) -> None:
    attempt = hall.attempt(people.learner)
    closed = hand_in(attempt, make.right_answers(attempt, wrong=3))
    first = api.grade(closed)
    again = api.grade(closed)
    assert first.pk == again.pk
    assert ScoreEntry.objects.filter(attempt=attempt).count() == 9
    assert grading.total_from_ledger(attempt) == first.score


def test_rules_of_the_scheme_are_frozen_with_the_paper(hall: make.Hall, people: Any) -> None:
    attempt = hall.attempt(people.learner)
    closed = hand_in(attempt, make.right_answers(attempt, wrong=5))
    scheme = hall.exam.scheme
    scheme.pass_mark, scheme.good_mark = Decimal(10), Decimal(20)
    scheme.save()
    assert api.grade(closed).pass_mark == 60


def test_running_attempt_is_not_graded(hall: make.Hall, people: Any) -> None:
    with pytest.raises(ValueError, match="not closed"):
        api.grade(hall.attempt(people.learner))


def close_entry(hall: make.Hall) -> None:
    hall.sitting.entry_closes_at = timezone.now()
    hall.sitting.save()


def test_release_publishes_every_result_and_announces_it(hall: make.Hall, people: Any) -> None:
    for officer, wrong in ((people.learner, 0), (people.colleague, 9)):
        attempt = hall.attempt(officer)
        api.grade(hand_in(attempt, make.right_answers(attempt, wrong=wrong)))
    close_entry(hall)
    heard: list[int] = []

    def hear(sender: object, *, result_id: int, **_: Any) -> None:
        heard.append(result_id)

    signals.result_published.connect(hear)
    try:
        assert api.release(hall.exam, by=people.exam_officer) == 2
    finally:
        signals.result_published.disconnect(hear)
    assert sorted(heard) == sorted(Result.objects.values_list("pk", flat=True))
    hall.exam.refresh_from_db()
    assert hall.exam.state == ExamState.RELEASED
    assert AuditEvent.objects.get(action="exams.results_released").detail == {"results": 2}
    with pytest.raises(NotPossibleNow):
        api.release(hall.exam, by=people.exam_officer)


def test_release_waits_for_running_ungraded_and_possible_attempts(hall: make.Hall, people: Any) -> None:
    waiting = hall.candidate(people.colleague)
    attempt = hall.attempt(people.learner)
    with pytest.raises(NotPossibleNow, match="1"):
        results.check_releasable(hall.exam)
    hand_in(attempt, [])
    with pytest.raises(NotPossibleNow):
        results.check_releasable(hall.exam)
    api.grade(Attempt.objects.get(pk=attempt.pk))
    with pytest.raises(NotPossibleNow):
        results.check_releasable(hall.exam)
    api.withdraw(waiting, by=people.exam_officer, reason="请假")
    results.check_releasable(hall.exam)


def test_voided_attempt_takes_no_answers_and_is_not_released(hall: make.Hall, people: Any) -> None:
    attempt = hall.attempt(people.learner)
    api.void(attempt, by=people.exam_officer, reason="替考")
    with pytest.raises(AttemptClosed):
        hand_in(attempt, [])


def test_chains_walk_evidence_and_ledger_and_show_a_changed_mark(hall: make.Hall, people: Any, tampering: Any) -> None:
    attempt = hall.attempt(people.learner)
    api.grade(hand_in(attempt, make.right_answers(attempt)))
    walked = dict(evidence.chains())
    assert walked == {f"attempt {attempt.code}": None, f"score ledger of attempt {attempt.code}": None}
    tampering("exa_score_entry", "UPDATE exa_score_entry SET marks = 99 WHERE link = 4")
    broken = dict(evidence.chains())[f"score ledger of attempt {attempt.code}"]
    assert broken is not None
    assert broken.place == f"attempt {attempt.code}, score entry 4"
