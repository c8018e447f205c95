from training.models.certificate import Certificate
from training.models.hours import HoursEntry
from training.models.performance import PerformanceEntry
from training.models.programme import Enrolment, Programme, ProgrammeCourse
from training.models.progress import LessonProgress
from training.models.retraining import RetrainingItem, RetrainingPlan

__all__ = [
    "Certificate",
    "Enrolment",
    "HoursEntry",
    "LessonProgress",
    "PerformanceEntry",
    "Programme",
    "ProgrammeCourse",
    "RetrainingItem",
    "RetrainingPlan",
]
