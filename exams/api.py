"""What other apps may do to exams."""

from exams.domain.attempts import close_overdue, save, start, submit, void
from exams.domain.candidacies import admit, give_extra_time, register, reinstate, withdraw
from exams.domain.evidence import chains
from exams.domain.exams import Cell, cancel, create_exam, set_blueprint
from exams.domain.grading import grade
from exams.domain.papers import draw, seal, shortfalls
from exams.domain.responses import check_answers
from exams.domain.results import release
from exams.domain.room_tokens import RoomToken
from exams.domain.schemes import Part as SchemePart, save as save_scheme
from exams.domain.sittings import create_sitting

__all__ = [
    "Cell",
    "RoomToken",
    "SchemePart",
    "admit",
    "cancel",
    "chains",
    "check_answers",
    "close_overdue",
    "create_exam",
    "create_sitting",
    "draw",
    "give_extra_time",
    "grade",
    "register",
    "reinstate",
    "release",
    "save",
    "save_scheme",
    "seal",
    "set_blueprint",
    "shortfalls",
    "start",
    "submit",
    "void",
    "withdraw",
]
