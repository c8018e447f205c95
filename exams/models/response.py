from typing import Any

from django.db import models

from common.models import AppendOnlyModel
from exams.models.attempt import Attempt


class Response(AppendOnlyModel):
    """One acknowledged save: the answers of a batch, never edited. The answer to an item is that of the highest seq.

    `answers` is [{"item": name in this attempt, "value": [option name…]}…]. A late one is evidence, not graded.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="responses")
    seq = models.PositiveIntegerField()
    link = models.PositiveIntegerField()
    answers = models.JSONField()
    is_late = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "exa_response"
        constraints = [
            # A retried save is one row (F06); also finds a batch by its number.
            models.UniqueConstraint(fields=["attempt", "seq", "is_late"], name="exa_response_seq_once"),
            models.UniqueConstraint(fields=["attempt", "link"], name="exa_response_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}:{self.seq}"

    def content(self) -> dict[str, Any]:
        """Return what the digest covers."""
        return {
            "attempt": self.attempt_id,
            "seq": self.seq,
            "link": self.link,
            "answers": self.answers,
            "late": self.is_late,
            "at": self.received_at,
        }
