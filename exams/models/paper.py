from django.conf import settings
from django.db import models

from common import constraints
from common.codes import new_code
from common.scores import ScoreField
from exams.models.exam import Exam
from question_banks.enums import QuestionType
from question_banks.models import QuestionVersion


class Paper(models.Model):
    """A form of an exam: question versions in order with marks. Once sealed it never changes.

    `public` is what the room's pages get, rendered once, without keys; `digest` is its SHA-256 and its address.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="papers")
    form = models.CharField(max_length=4, default="A")
    # What the draw was made from: the same seed over the same pool draws the same paper.
    seed = models.BigIntegerField()
    total_marks = ScoreField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sealed_at = models.DateTimeField(null=True, blank=True)
    # The rules of the scheme as they were at sealing: graded by these, whatever the scheme becomes.
    rules = models.JSONField(default=dict)
    public = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        db_table = "exa_paper"
        constraints = [
            models.UniqueConstraint(fields=["exam", "form"], name="exa_paper_form_once"),
            constraints.both_or_neither("sealed_at", "sealed_by", name="exa_paper_sealed_pair"),
            constraints.both_or_neither("sealed_at", "digest", name="exa_paper_sealed_digest"),
            constraints.both_or_neither("sealed_at", "public", name="exa_paper_sealed_public"),
        ]

    def __str__(self) -> str:
        return f"{self.exam} · {self.form}"


class PaperItem(models.Model):
    """One question version on a paper. `reference` names it in the public JSON; option order is frozen with it."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="paper_items")
    question_type = models.CharField(max_length=12, choices=QuestionType.choices)
    marks = ScoreField()

    class Meta:
        db_table = "exa_paper_item"
        ordering = ["position"]
        constraints = [
            constraints.valid_choice("question_type", QuestionType, name="exa_item_type_valid"),
            models.UniqueConstraint(fields=["paper", "position"], name="exa_item_position_once"),
            # No question stands twice on a paper.
            models.UniqueConstraint(fields=["paper", "version"], name="exa_item_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} #{self.position}"
