from exams.models.attempt import Attempt, AttemptEvent, AttemptLayout
from exams.models.exam import BlueprintRow, Exam
from exams.models.paper import Paper, PaperItem
from exams.models.response import Response
from exams.models.result import Result, ScoreEntry
from exams.models.scheme import Scheme, SchemePart
from exams.models.sitting import Candidacy, Sitting

__all__ = [
    "Attempt",
    "AttemptEvent",
    "AttemptLayout",
    "BlueprintRow",
    "Candidacy",
    "Exam",
    "Paper",
    "PaperItem",
    "Response",
    "Result",
    "Scheme",
    "SchemePart",
    "ScoreEntry",
    "Sitting",
]
