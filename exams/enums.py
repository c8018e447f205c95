"""The closed lists of examinations, and the groups of states that rules speak of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class ExamKind(TextChoices):
    QUALIFICATION = "qualification", _("Qualification exam")
    RENEWAL = "renewal", _("Renewal exam")
    LEGAL_STUDY = "legal_study", _("Annual legal-study exam")
    MOCK = "mock", _("Mock exam")


class ExamState(TextChoices):
    DRAFT = "draft", _("In preparation")
    DRAWN = "drawn", _("Paper drawn")
    SEALED = "sealed", _("Paper sealed")
    RELEASED = "released", _("Results released")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def tone(self) -> str:
        """Return how a badge shows it."""
        return {"drawn": "info", "sealed": "final", "released": "success"}.get(self.value, "neutral")


# Sealed forms are sat, and more forms may follow for resits, also after the first release.
RUNNING_STATES = (ExamState.SEALED, ExamState.RELEASED)


class CandidacyState(TextChoices):
    REGISTERED = "registered", _("Registered, not yet admitted")
    ADMITTED = "admitted", _("Admitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def tone(self) -> str:
        """Return how a badge shows it."""
        return {"registered": "warning", "admitted": "success"}.get(self.value, "neutral")


class AttemptState(TextChoices):
    IN_PROGRESS = "in_progress", pgettext_lazy("of an attempt", "In progress")
    SUBMITTED = "submitted", _("Handed in")
    TIMED_OUT = "timed_out", _("Handed in at the deadline")
    VOIDED = "voided", _("Voided")

    @property
    def tone(self) -> str:
        """Return how a badge shows it."""
        return {"in_progress": "info", "voided": "danger"}.get(self.value, "success")


# An attempt in one of these takes no more answers and is graded.
CLOSED_STATES = (AttemptState.SUBMITTED, AttemptState.TIMED_OUT)


class EventKind(TextChoices):
    STARTED = "started", pgettext_lazy("of an attempt", "Started")
    RESUMED = "resumed", _("Resumed")
    TAKEN_OVER = "taken_over", _("Taken over on another page or device")
    EXTENDED = "extended", _("Given more time")
    SUBMITTED = "submitted", _("Handed in")
    TIMED_OUT = "timed_out", _("Handed in at the deadline")
    LATE = "late", _("Answer after the deadline")
    TAMPERING = "tampering", _("Request that the page cannot have made")
    SCREEN_LEFT = "screen_left", _("Left the exam screen")
    SCREEN_BACK = "screen_back", _("Came back to the exam screen")
    OFFLINE = "offline", _("Lost the connection")
    ONLINE = "online", _("Connection restored")
    VOIDED = "voided", _("Voided")


# What a candidate's browser may report about itself; everything else is written by the server alone.
CLIENT_EVENTS = (EventKind.SCREEN_LEFT, EventKind.SCREEN_BACK, EventKind.OFFLINE, EventKind.ONLINE)


class MultipleRule(TextChoices):
    """How a multiple choice counts."""

    ALL_OR_NOTHING = "all_or_nothing", _("Full marks only when all is right")
    PARTIAL = "partial_if_subset", _("Half marks for an incomplete choice without a wrong one")


class ScoreKind(TextChoices):
    GRADED = "graded", _("Graded")
    CORRECTED = "corrected", _("Corrected")


class Band(TextChoices):
    EXCELLENT = "excellent", _("Excellent")
    GOOD = "good", _("Good")
    PASSED = "passed", _("Pass")
    FAILED = "failed", _("Fail")


# What the audit log calls the acts of this app; moves of a state are named by the state.
ACTION_NAMES = {
    "exams.scheme_created": _("Exam scheme made"),
    "exams.scheme_changed": _("Exam scheme changed"),
    "exams.exam_created": _("Exam made"),
    "exams.blueprint_set": _("Blueprint set"),
    "exams.paper_drawn": _("Paper drawn at random"),
    "exams.paper_sealed": _("Paper sealed for good"),
    "exams.paper_viewed": _("Paper looked at"),
    "exams.paper_key_viewed": _("Answer key looked at"),
    "exams.sitting_created": _("Sitting made"),
    "exams.candidates_registered": _("Candidates registered"),
    "exams.extra_time_given": _("Extra time given"),
    "exams.late_answers_kept": _("Late answers kept as evidence"),
    "exams.results_released": _("Results made known"),
    "exams.score_sheet_exported": _("Score sheet exported"),
}
