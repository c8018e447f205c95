from django.conf import settings
from django.db import models

from cms.models import LessonPage
from common import constraints
from common.codes import new_code
from exams.models import Result
from question_banks.models import KnowledgePoint
from training.enums import RetrainingState


class RetrainingPlan(models.Model):
    """What follows a failed exam: the weak knowledge points, the lessons that teach them, and when to sit again."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="retraining_plans")
    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="retraining_plan")
    state = models.CharField(max_length=8, choices=RetrainingState.choices, default=RetrainingState.OPEN)
    resit_opens_on = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "tra_retraining_plan"
        constraints = [constraints.valid_choice("state", RetrainingState, name="tra_retraining_state_valid")]
        indexes = [models.Index(fields=["officer", "state"], name="tra_retraining_officer_ix")]

    def __str__(self) -> str:
        return f"{self.officer} · {self.code}"


class RetrainingItem(models.Model):
    """A lesson to read again for a weak knowledge point; read when its progress moved after the plan was made."""

    plan = models.ForeignKey(RetrainingPlan, on_delete=models.CASCADE, related_name="items")
    knowledge_point = models.ForeignKey(KnowledgePoint, on_delete=models.PROTECT, related_name="+")
    # Unset when no lesson teaches it yet: the officer and the trainer both see the gap.
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Signs of life the lesson's page had given before the plan; reading it again needs new ones.
    beats_before = models.PositiveIntegerField(default=0)
    reread_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "tra_retraining_item"
        constraints = [
            models.UniqueConstraint(fields=["plan", "knowledge_point", "lesson"], name="tra_retraining_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.knowledge_point}"
