from typing import Any

from django.conf import settings
from django.db import models

from cms.models import LessonPage
from common.models import AppendOnlyModel


class HoursEntry(AppendOnlyModel):
    """Minutes of learning credited to an officer, with the evidence; a link of the officer's own chain."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hours_entries")
    link = models.PositiveIntegerField()
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.IntegerField()
    # The calendar day it counts for, under the day's cap.
    day = models.DateField()
    evidence = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "tra_hours_entry"
        constraints = [
            models.UniqueConstraint(fields=["officer", "link"], name="tra_hours_link_once"),
        ]
        indexes = [
            # The day's cap, and the year's sum.
            models.Index(fields=["officer", "day"], name="tra_hours_day_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.day}: {self.minutes} min"

    def content(self) -> dict[str, Any]:
        """Return what the digest covers."""
        return {
            "officer": self.officer_id,
            "link": self.link,
            "lesson": self.lesson_id,
            "minutes": self.minutes,
            "day": self.day,
            "evidence": self.evidence,
            "at": self.at,
        }
