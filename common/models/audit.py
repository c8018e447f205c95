from typing import Any

from django.db import models

from common.models.append_only import AppendOnlyModel


class ChainHead(models.Model):
    """Where a platform-wide chain ends: the row that writers lock, and the proof that nothing was
    cut off.
    """

    name = models.CharField(max_length=30, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "com_chain_head"

    def __str__(self) -> str:
        return f"{self.name} ({self.length})"


class AuditEvent(AppendOnlyModel):
    """A privileged act: who did what to which thing, when and why.

    Holds codes and text, no foreign keys, because history outlives its subject.
    """

    link = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_code = models.CharField(max_length=40, help_text="Service number, or 'system'.")
    actor_name = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=60, help_text="Namespaced, such as exams.paper_sealed.")
    subject = models.CharField(max_length=120, blank=True, help_text="Kind and code: exam:7KQ2M9XA.")
    detail = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "com_audit_event"
        indexes = [
            # "What was done to this thing?"
            models.Index(fields=["subject", "link"], name="com_audit_subject_ix"),
            # "What did this person do?"
            models.Index(fields=["actor_code", "link"], name="com_audit_actor_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.link} {self.action} {self.subject}"

    def content(self) -> dict[str, Any]:
        """Return what the digest covers."""
        return {
            "link": self.link,
            "at": self.at,
            "actor": [self.actor_code, self.actor_name],
            "action": self.action,
            "subject": self.subject,
            "detail": self.detail,
            "reason": self.reason,
        }
