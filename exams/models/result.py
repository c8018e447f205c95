from typing import Any

from django.conf import settings
from django.db import models

from common import constraints
from common.codes import new_code
from common.models import AppendOnlyModel
from common.scores import ScoreField
from exams.enums import Band, ScoreKind
from exams.models.attempt import Attempt
from exams.models.exam import Exam
from exams.models.paper import PaperItem


class ScoreEntry(AppendOnlyModel):
    """Marks given to one item of an attempt: who, why, by which rule. The newest entry per item counts."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="score_entries")
    item = models.ForeignKey(PaperItem, on_delete=models.PROTECT, related_name="score_entries")
    link = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ScoreKind.choices, default=ScoreKind.GRADED)
    marks = ScoreField()
    # Name and version of the rule that gave the marks, such as single/1.
    rule = models.CharField(max_length=40)
    actor_code = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "exa_score_entry"
        constraints = [
            constraints.valid_choice("kind", ScoreKind, name="exa_score_kind_valid"),
            models.UniqueConstraint(fields=["attempt", "link"], name="exa_score_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}:{self.link} {self.marks}"

    def content(self) -> dict[str, Any]:
        """Return what the digest covers."""
        return {
            "attempt": self.attempt_id,
            "item": self.item_id,
            "link": self.link,
            "kind": self.kind,
            "marks": self.marks,
            "rule": self.rule,
            "actor": self.actor_code,
            "reason": self.reason,
            "at": self.at,
        }


class Result(models.Model):
    """What an attempt came to, folded from its score ledger. Visible to its officer once released."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="result")
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="results")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="results")
    score = ScoreField()
    full_marks = ScoreField()
    pass_mark = ScoreField()
    has_passed = models.BooleanField()
    band = models.CharField(max_length=10, choices=Band.choices)
    # [{"code", "name", "marks", "full", "items", "right"}…] by knowledge point; marks as text with two places.
    profile = models.JSONField(default=list)
    ledger_length = models.PositiveIntegerField()
    ledger_head = models.CharField(max_length=64)
    graded_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "exa_result"
        constraints = [
            constraints.valid_choice("band", Band, name="exa_result_band_valid"),
            constraints.both_or_neither("released_at", "released_by", name="exa_result_released_pair"),
            models.CheckConstraint(
                condition=models.Q(has_passed=True, score__gte=models.F("pass_mark"))
                | models.Q(has_passed=False, score__lt=models.F("pass_mark")),
                name="exa_result_pass_is_the_mark",
            ),
        ]
        indexes = [
            models.Index(fields=["exam", "has_passed"], name="exa_result_exam_ix"),
            models.Index(fields=["officer", "-released_at"], name="exa_result_officer_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.exam}: {self.score}"
