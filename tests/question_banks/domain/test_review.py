"""Review: the table of moves, two persons, reasons, and many at once."""

import pytest

from common.errors import NotPermitted, NotPossibleNow
from common.models import AuditEvent
from personnel.api import roles
from personnel.enums import Role
from question_banks.domain import review
from question_banks.enums import QuestionState
from question_banks.models import Bank, Question
from question_banks.queries.pool import pool
from tests.factories.question_banks import bring_in, record
from tests.personas import People

pytestmark = pytest.mark.django_db

DRAFT, IN_REVIEW, APPROVED, SUSPENDED, RETIRED = QuestionState.values
EXPECTED = {
    DRAFT: {IN_REVIEW},
    IN_REVIEW: {APPROVED, DRAFT},
    APPROVED: {IN_REVIEW, SUSPENDED, RETIRED},
    SUSPENDED: {IN_REVIEW, RETIRED},
    RETIRED: set(),
}


@pytest.mark.parametrize("current", QuestionState.values)
@pytest.mark.parametrize("target", QuestionState.values)
def test_moves_are_the_expected_ones(current: str, target: str) -> None:
    assert review.QUESTION_MOVES.allows(current, target) == (target in EXPECTED[current])


def test_reviewer_approves_and_the_question_can_be_drawn(bank: Bank, people: People) -> None:
    (question,) = bring_in(bank, [record()], by=people.question_author)
    assert not pool([bank.pk]).exists()
    review.approve(question, by=people.question_reviewer)
    approved = Question.objects.get()
    assert (approved.state, approved.approved_by) == (QuestionState.APPROVED, people.question_reviewer)
    assert [version.pk for version in pool([bank.pk])] == [question.current.pk]


def test_nobody_approves_what_they_imported(bank: Bank, people: People) -> None:
    roles.grant(people.question_author, Role.QUESTION_REVIEWER, people.city, by=None)
    both = type(people.question_author).objects.get(pk=people.question_author.pk)
    (question,) = bring_in(bank, [record()], by=both)
    with pytest.raises(NotPermitted):
        review.approve(question, by=both)
    with pytest.raises(NotPermitted):
        review.approve_all([question], bank=bank, by=both)
    assert Question.objects.get().state == QuestionState.IN_REVIEW


@pytest.mark.parametrize("part", ["question_author", "exam_officer", "auditor", "learner", "outsider", "hr"])
def test_only_reviewers_of_the_bank_approve(bank: Bank, people: People, part: str) -> None:
    (question,) = bring_in(bank, [record()], by=people.question_author)
    with pytest.raises(NotPermitted):
        review.approve(question, by=getattr(people, part))


def test_returning_needs_a_reason_and_the_author_submits_again(bank: Bank, people: People) -> None:
    (question,) = bring_in(bank, [record()], by=people.question_author)
    with pytest.raises(NotPossibleNow):
        review.return_to_draft(question, reason="  ", by=people.question_reviewer)
    review.return_to_draft(question, reason="选项B有歧义", by=people.question_reviewer)
    assert AuditEvent.objects.get(action="question_banks.question_draft").reason == "选项B有歧义"
    review.submit(question, by=people.question_author)
    assert Question.objects.get().state == QuestionState.IN_REVIEW


def test_suspended_question_leaves_the_pool_and_loses_its_approval(bank: Bank, people: People) -> None:
    (question,) = bring_in(bank, [record()], by=people.question_author, reviewer=people.question_reviewer)
    review.suspend(question, reason="所引条文已修改", by=None)
    assert not pool([bank.pk]).exists()
    assert Question.objects.get().approved_by is None


def test_bulk_approval_is_all_or_none_and_one_audit_event(bank: Bank, people: People) -> None:
    questions = bring_in(bank, [record(), record("另一题？")], by=people.question_author)
    review.return_to_draft(questions[1], reason="重复", by=people.question_reviewer)
    with pytest.raises(NotPossibleNow):
        review.approve_all(questions, bank=bank, by=people.question_reviewer)
    assert not Question.objects.filter(state=QuestionState.APPROVED).exists()
    review.submit(questions[1], by=people.question_author)
    assert review.approve_all(questions, bank=bank, by=people.question_reviewer) == 2
    event = AuditEvent.objects.get(action="question_banks.questions_approved")
    assert event.detail["questions"] == [question.code for question in questions]
