"""Who may do what with a bank: roles over the unit that owns it. Nobody reviews what they wrote."""

from personnel.enums import Role
from personnel.models import Officer
from personnel.rules import has_role
from question_banks.models import Bank

READING_ROLES = (Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER, Role.EXAM_OFFICER, Role.AUDITOR)
KEY_ROLES = (Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER)


def is_author(officer: Officer, bank: Bank) -> bool:
    """Return whether the officer writes and imports questions of this bank."""
    return has_role(officer, Role.QUESTION_AUTHOR, unit=bank.unit)


def is_reviewer(officer: Officer, bank: Bank) -> bool:
    """Return whether the officer approves questions of this bank."""
    return has_role(officer, Role.QUESTION_REVIEWER, unit=bank.unit)


def may_see_keys(officer: Officer, bank: Bank) -> bool:
    """Return whether the officer sees which options are right; exam officers and auditors do not."""
    return has_role(officer, *KEY_ROLES, unit=bank.unit)
