"""Who may do what to an exam: role over the unit that holds it. State is another question."""

from exams.models import Exam
from personnel.enums import Role
from personnel.models import Officer
from personnel.rules import has_role


def may_manage(officer: Officer, exam: Exam) -> bool:
    """Exam officers over the holding unit prepare, run and release."""
    return has_role(officer, Role.EXAM_OFFICER, unit=exam.unit)


def may_invigilate(officer: Officer, exam: Exam) -> bool:
    """Invigilators and exam officers over the holding unit watch a sitting."""
    return has_role(officer, Role.EXAM_OFFICER, Role.INVIGILATOR, unit=exam.unit)


def may_see_scores(officer: Officer, exam: Exam) -> bool:
    """Exam officers and HR over the holding unit see released scores; HR never sees answers."""
    return has_role(officer, Role.EXAM_OFFICER, Role.HR, unit=exam.unit)
