from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from common import constraints
from common.codes import new_code
from common.models import AppendOnlyModel
from question_banks.enums import QuestionState, QuestionType
from question_banks.models.bank import Bank
from question_banks.models.knowledge_point import KnowledgePoint


class Question(models.Model):
    """A question as an identity: its code stays while its wording moves through versions."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="questions")
    # The number it had in the file or system it came from; updates find it again by this.
    external_id = models.CharField(max_length=60, blank=True)
    question_type = models.CharField(_("type"), max_length=12, choices=QuestionType.choices)
    state = models.CharField(_("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.DRAFT)
    # The version that is shown, reviewed and drawn; papers point at versions, never here.
    current = models.OneToOneField(
        "QuestionVersion", on_delete=models.PROTECT, related_name="current_of", null=True, blank=True
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "qb_question"
        constraints = [
            constraints.valid_choice("question_type", QuestionType, name="qb_question_type_valid"),
            constraints.valid_choice("state", QuestionState, name="qb_question_state_valid"),
            constraints.both_or_neither("approved_at", "approved_by", name="qb_question_approved_pair"),
            # Separation of duties: nobody approves a question of their own.
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=F("author")),
                name="qb_question_two_persons",
            ),
        ]
        indexes = [
            # The bank's list and the pool that papers are drawn from.
            models.Index(fields=["bank", "state", "question_type"], name="qb_question_pool_ix"),
            # "Have we had this number before?"
            models.Index(fields=["bank", "external_id"], name="qb_question_external_ix"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state_member(self) -> QuestionState:
        """Return the state as a member of its list, which brings name and look."""
        return QuestionState(self.state)


class QuestionVersion(AppendOnlyModel):
    """One wording of a question, written once: papers, attempts and grades stand on it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # Both JSON columns hold a question type's pydantic model (question_types/<type>/spec.py), with its `version`.
    content = models.JSONField()
    key = models.JSONField()
    # The stem alone, for lists and search.
    stem = models.TextField()
    explanation = models.TextField(blank=True)
    # 1 easy … 5 hard, the author's estimate.
    difficulty = models.PositiveSmallIntegerField(default=3)
    knowledge_point = models.ForeignKey(
        KnowledgePoint, on_delete=models.PROTECT, related_name="versions", null=True, blank=True
    )
    legal_basis = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    # Digest of type, stem and options (not the key): the same stem with other options is another question.
    fingerprint = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "qb_question_version"
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="qb_version_number_once"),
            constraints.between("difficulty", 1, 5, name="qb_version_difficulty"),
        ]
        indexes = [
            # "Is this question in the bank already?"
            models.Index(fields=["fingerprint"], name="qb_version_fingerprint_ix"),
            # Weak points and blueprints count by knowledge point.
            models.Index(fields=["knowledge_point"], name="qb_version_kp_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"
