"""Banks and their questions, as somebody may see them."""

from django.db.models import Count, Q, QuerySet

from personnel.enums import Role
from personnel.models import Officer, RoleGrant
from personnel.rules import units_for
from question_banks.enums import QuestionState
from question_banks.models import Bank, ImportRun, Question
from question_banks.rules import READING_ROLES


def visible_to(officer: Officer) -> QuerySet[Bank]:
    """Return the banks of every unit over which the officer is author, reviewer, exam officer or auditor."""
    return Bank.objects.filter(unit__in=units_for(officer, READING_ROLES)).select_related("unit", "field")


def with_counts(banks: QuerySet[Bank]) -> QuerySet[Bank]:
    """Add `approved_count`, `review_count` and `question_count` to each bank."""
    return banks.annotate(
        question_count=Count("questions"),
        approved_count=Count("questions", filter=Q(questions__state=QuestionState.APPROVED)),
        review_count=Count("questions", filter=Q(questions__state=QuestionState.IN_REVIEW)),
    )


def questions_visible_to(officer: Officer) -> QuerySet[Question]:
    """Return the questions of the banks that the officer may see."""
    return Question.objects.filter(bank__in=visible_to(officer))


def imports_visible_to(officer: Officer) -> QuerySet[ImportRun]:
    """Return the imports into banks for which the officer is author."""
    return ImportRun.objects.filter(bank__unit__in=units_for(officer, [Role.QUESTION_AUTHOR]))


def matching(questions: QuerySet[Question], text: str) -> QuerySet[Question]:
    """Return the questions whose code or wording holds the text; a text that no column can hold finds none."""
    wanted = text.strip()
    if not wanted:
        return questions
    if "\x00" in wanted or len(wanted) > 200:
        return questions.none()
    return questions.filter(Q(code__iexact=wanted) | Q(current__stem__icontains=wanted))


def first_author(bank: Bank) -> Officer | None:
    """Return the active officer who has been question author for the bank's unit longest, or None."""
    path = bank.unit.path
    above = [path[:length] for length in range(bank.unit.steplen, len(path) + 1, bank.unit.steplen)]
    grant = (
        RoleGrant.objects.filter(
            role=Role.QUESTION_AUTHOR, revoked_at__isnull=True, unit__path__in=above, officer__is_active=True
        )
        .select_related("officer")
        .order_by("granted_at", "pk")
        .first()
    )
    return grant.officer if grant else None
