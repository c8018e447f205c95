from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from common import constraints
from common.codes import new_code
from common.scores import ScoreField
from exams.enums import ExamState
from exams.models.scheme import Scheme
from personnel.enums import Tier
from personnel.models import EnforcementField, Unit
from question_banks.enums import QuestionType
from question_banks.models import Bank, KnowledgePoint


class Exam(models.Model):
    """An examination held by a unit under a scheme, from blueprint to released results."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    title = models.CharField(pgettext_lazy("of an exam", "title"), max_length=160)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="exams", verbose_name=_("scheme"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="exams", verbose_name=_("holding unit"))
    field = models.ForeignKey(
        EnforcementField,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("field"),
    )
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices, blank=True)
    banks = models.ManyToManyField(Bank, related_name="exams", db_table="exa_exam_bank", verbose_name=_("banks"))
    # Candidates need somebody (a training programme, or an exam officer with a reason) to admit them.
    needs_admission = models.BooleanField(_("candidates must be admitted"), default=True)
    state = models.CharField(max_length=10, choices=ExamState.choices, default=ExamState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "exa_exam"
        ordering = ["-created_at"]
        constraints = [
            constraints.valid_choice("state", ExamState, name="exa_exam_state_valid"),
            # An exam without a tier is for officers of every tier.
            constraints.valid_choice("tier", Tier, name="exa_exam_tier_valid", may_be_blank=True),
            constraints.set_exactly_in("released_at", [ExamState.RELEASED], name="exa_exam_released_iff"),
            constraints.both_or_neither("released_at", "released_by", name="exa_exam_released_pair"),
        ]
        indexes = [models.Index(fields=["unit", "-created_at"], name="exa_exam_unit_ix")]

    def __str__(self) -> str:
        return self.title


class BlueprintRow(models.Model):
    """A cell of the blueprint 双向细目表: so many items of a type on a knowledge point, at so many marks each."""

    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="blueprint")
    question_type = models.CharField(_("type"), max_length=12, choices=QuestionType.choices)
    # Unset: any knowledge point.
    knowledge_point = models.ForeignKey(
        KnowledgePoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("knowledge point"),
    )
    count = models.PositiveIntegerField(_("number of items"))
    marks_each = ScoreField(_("marks each"))
    order = models.PositiveSmallIntegerField(default=0, db_column="sort_order")

    class Meta:
        db_table = "exa_blueprint_row"
        ordering = ["order", "pk"]
        constraints = [
            constraints.valid_choice("question_type", QuestionType, name="exa_blueprint_type_valid"),
            constraints.at_least("count", 1, name="exa_blueprint_count"),
            models.CheckConstraint(condition=models.Q(marks_each__gt=0), name="exa_blueprint_marks"),
            models.UniqueConstraint(
                fields=["exam", "question_type", "knowledge_point"],
                name="exa_blueprint_cell_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_question_type_display()} · {self.knowledge_point or '*'} · {self.count}"
