from typing import Any

from django.conf import settings
from django.db import models

from common import constraints
from common.models import AppendOnlyModel
from training.enums import PerformanceKind


class PerformanceEntry(AppendOnlyModel):
    """A fact for an officer's performance record; a link of the officer's own chain."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="performance_entries")
    link = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=PerformanceKind.choices)
    # Kind and code of what it rests on, such as result:7KQ2M9XA; one entry per fact.
    subject = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "tra_performance_entry"
        constraints = [
            constraints.valid_choice("kind", PerformanceKind, name="tra_performance_kind_valid"),
            models.UniqueConstraint(fields=["officer", "link"], name="tra_performance_link_once"),
            # The task that writes it may run twice; the fact stands once.
            models.UniqueConstraint(fields=["kind", "subject"], name="tra_performance_fact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.year} {self.kind}"

    def content(self) -> dict[str, Any]:
        """Return what the digest covers."""
        return {
            "officer": self.officer_id,
            "link": self.link,
            "year": self.year,
            "kind": self.kind,
            "subject": self.subject,
            "detail": self.detail,
            "at": self.at,
        }
