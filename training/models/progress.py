from django.conf import settings
from django.db import models

from cms.models import LessonPage


class LessonProgress(models.Model):
    """How far an officer is in a lesson, by the server's own watch; credit is in the ledger."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lesson_progress")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="+")
    # Seconds during which the page was open and gave signs of life.
    seconds_read = models.PositiveIntegerField(default=0)
    # Of these, whole minutes already in the hours ledger.
    minutes_credited = models.PositiveIntegerField(default=0)
    # Signs of life of the page so far: the evidence that goes with the minutes into the ledger.
    beats = models.PositiveIntegerField(default=0)
    first_read_at = models.DateTimeField()
    last_beat_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "tra_lesson_progress"
        constraints = [
            models.UniqueConstraint(fields=["officer", "lesson"], name="tra_progress_once"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} · {self.lesson_id}: {self.seconds_read} s"
