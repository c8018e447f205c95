"""The life of a question: written, reviewed by somebody else, approved, suspended, retired."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from common import audit, clock
from common.errors import NotPermitted, NotPossibleNow
from common.transitions import TransitionTable
from personnel.models import Officer
from question_banks import rules
from question_banks.enums import QuestionState
from question_banks.models import Bank, Question

BATCH = 500

QUESTION_MOVES = TransitionTable(
    name="question",
    states=QuestionState,
    moves={
        QuestionState.DRAFT: {QuestionState.IN_REVIEW: gettext_lazy("the author submits it")},
        QuestionState.IN_REVIEW: {
            QuestionState.APPROVED: gettext_lazy("a reviewer approves it"),
            QuestionState.DRAFT: gettext_lazy("a reviewer returns it with a reason"),
        },
        QuestionState.APPROVED: {
            QuestionState.IN_REVIEW: gettext_lazy("the author writes a new version"),
            QuestionState.SUSPENDED: gettext_lazy("an article it rests on was amended, or it proved faulty"),
            QuestionState.RETIRED: gettext_lazy("a reviewer retires it"),
        },
        QuestionState.SUSPENDED: {
            QuestionState.IN_REVIEW: gettext_lazy("the author submits it again"),
            QuestionState.RETIRED: gettext_lazy("a reviewer retires it"),
        },
        QuestionState.RETIRED: {},
    },
)


def submit(question: Question, *, by: Officer) -> Question:
    """Hand a draft (or a suspended question) to the reviewers.

    Raises:
        NotPermitted: `by` is no question author of the bank.
        NotPossibleNow: it is in review, approved or retired.
    """
    check_author(question.bank, by)
    return _move(question, QuestionState.IN_REVIEW, by=by, at=clock.now())


def approve(question: Question, *, by: Officer) -> Question:
    """Approve a question for papers.

    Raises:
        NotPermitted: `by` is no reviewer of the bank, or wrote the question.
        NotPossibleNow: it is not in review.
    """
    check_reviewer(question.bank, by)
    at = clock.now()
    with transaction.atomic():
        locked = Question.objects.select_for_update(of=("self",)).select_related("current").get(pk=question.pk)
        _check_other_person([locked], by)
        return QUESTION_MOVES.move(question, QuestionState.APPROVED, by=by, at=at, approved_by=by, approved_at=at)


def approve_all(questions: Iterable[Question], *, bank: Bank, by: Officer) -> int:
    """Approve many questions of a bank at once, all or none; return how many.

    One update and one audit event for each 500 of them.

    Raises:
        NotPermitted: `by` is no reviewer of the bank, or wrote one of them.
        NotPossibleNow: one of them is not in review any more.
    """
    check_reviewer(bank, by)
    at = clock.now()
    ids = sorted({question.pk for question in questions})
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            _approve_batch(ids[start : start + BATCH], bank=bank, by=by, at=at)
    return len(ids)


def return_to_draft(question: Question, *, reason: str, by: Officer) -> Question:
    """Send a question back to its author, saying why.

    Raises:
        NotPermitted: `by` is no reviewer of the bank.
        NotPossibleNow: it is not in review, or no reason is given.
    """
    check_reviewer(question.bank, by)
    _check_reason(reason)
    return _move(question, QuestionState.DRAFT, by=by, at=clock.now(), reason=reason)


def suspend(question: Question, *, reason: str, by: Officer | None) -> Question:
    """Take an approved question out of the pool until it has been looked at; `by=None` means the platform.

    Raises:
        NotPermitted: `by` is no reviewer of the bank.
        NotPossibleNow: it is not approved, or no reason is given.
    """
    if by is not None:
        check_reviewer(question.bank, by)
    _check_reason(reason)
    return _move(question, QuestionState.SUSPENDED, by=by, at=clock.now(), reason=reason)


def retire(question: Question, *, reason: str, by: Officer) -> Question:
    """Take a question out of use for good; papers that hold it are not touched.

    Raises:
        NotPermitted: `by` is no reviewer of the bank.
        NotPossibleNow: it is neither approved nor suspended, or no reason is given.
    """
    check_reviewer(question.bank, by)
    _check_reason(reason)
    return _move(question, QuestionState.RETIRED, by=by, at=clock.now(), reason=reason)


def reopen_for_new_version(question: Question, *, by: Officer, at: datetime) -> None:
    """Bring a question into review because its wording has just changed; one in review stays there.

    Raises:
        NotPossibleNow: it is retired.
    """
    if question.state != QuestionState.IN_REVIEW:
        _move(question, QuestionState.IN_REVIEW, by=by, at=at, reason=_("a new version was written"))


def check_author(bank: Bank, officer: Officer) -> None:
    """Raise `NotPermitted` unless the officer is question author for the bank's unit."""
    if not rules.is_author(officer, bank):
        raise NotPermitted(
            _(
                "%(name)s is not a question author for the bank “%(bank)s”. "
                "The security administrator grants this role."
            )
            % {"name": officer.name, "bank": bank.name},
            code="not_question_author",
        )


def check_reviewer(bank: Bank, officer: Officer) -> None:
    """Raise `NotPermitted` unless the officer is question reviewer for the bank's unit."""
    if not rules.is_reviewer(officer, bank):
        raise NotPermitted(
            _(
                "%(name)s is not a question reviewer for the bank “%(bank)s”. "
                "The security administrator grants this role."
            )
            % {"name": officer.name, "bank": bank.name},
            code="not_question_reviewer",
        )


def _move(
    question: Question, target: QuestionState, *, by: Officer | None, at: datetime, reason: str = ""
) -> Question:
    # Whatever leaves “approved” loses its approval: the next one is another act of another day.
    return QUESTION_MOVES.move(question, target, by=by, at=at, reason=reason, approved_by=None, approved_at=None)


def _approve_batch(ids: Sequence[int], *, bank: Bank, by: Officer, at: datetime) -> None:
    # In key order, so that two reviewers at once wait for each other instead of locking crosswise.
    locked = list(
        Question.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, bank=bank)
        .select_related("current")
        .order_by("pk")
    )
    if len(locked) != len(ids):
        raise NotPossibleNow(_("Some of these questions are no longer in this bank. Reload the page and try again."))
    for question in locked:
        QUESTION_MOVES.check(question.state, QuestionState.APPROVED)
    _check_other_person(locked, by)
    Question.objects.filter(pk__in=ids).update(state=QuestionState.APPROVED, approved_by=by, approved_at=at)
    audit.record(
        "question_banks.questions_approved",
        by=by,
        at=at,
        subject=f"bank:{bank.code}",
        detail={"count": len(locked), "questions": [question.code for question in locked]},
    )


def _check_other_person(questions: Iterable[Question], officer: Officer) -> None:
    for question in questions:
        if officer.pk in (question.author_id, question.current.author_id if question.current else None):
            raise NotPermitted(
                _("You wrote or imported question %(code)s. Somebody else must review it.") % {"code": question.code},
                code="own_question",
            )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise NotPossibleNow(_("Say why, in a sentence the author can act on."), code="reason_missing")
