"""The closed lists of questions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionType(TextChoices):
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")


class QuestionState(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    SUSPENDED = "suspended", _("Suspended")
    RETIRED = "retired", _("Retired")

    @property
    def tone(self) -> str:
        """Return how its badge looks."""
        return {"draft": "neutral", "in_review": "info", "approved": "success", "suspended": "warning"}.get(
            self.value, "final"
        )


class ImportState(TextChoices):
    """An import: read and shown first, then executed or discarded."""

    PARSING = "parsing", _("Being read")
    PLANNED = "planned", _("Ready to import")
    REFUSED = "refused", _("Refused")
    EXECUTED = "executed", _("Imported")
    DISCARDED = "discarded", _("Discarded")

    @property
    def tone(self) -> str:
        """Return how its badge looks."""
        return {"planned": "info", "refused": "danger", "executed": "success"}.get(self.value, "neutral")


# What the audit log calls the acts of this app; moves of a state are named by the state.
ACTION_NAMES = {
    "question_banks.bank_created": _("Question bank made"),
    "question_banks.bank_exported": _("Question bank exported"),
    "question_banks.knowledge_point_added": _("Knowledge point added"),
    "question_banks.import_started": _("Question import started"),
    "question_banks.questions_imported": _("Questions imported"),
    "question_banks.questions_approved": _("Questions approved"),
}
