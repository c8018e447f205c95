from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from common import constraints
from common.codes import new_code


class JobState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("background work", "Waiting")
    RUNNING = "running", pgettext_lazy("background work", "Running")
    DONE = "done", pgettext_lazy("background work", "Done")
    FAILED = "failed", pgettext_lazy("background work", "Failed")


FINISHED_STATES = (JobState.DONE, JobState.FAILED)


class Job(models.Model):
    """Work that people wait for: its progress, its outcome, and the file it made.

    The queue delivers at least once, so what a job does is idempotent; `kind` names its function in
    `common.jobs`.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    # Path inside the private storage; fetched through a view that checks the owner.
    output = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "com_job"
        constraints = [
            constraints.valid_choice("state", JobState, name="com_job_state_valid"),
            constraints.set_exactly_in("finished_at", FINISHED_STATES, name="com_job_finished_iff_ended"),
        ]
        indexes = [
            # "What am I waiting for?", newest first.
            models.Index(fields=["owner", "-created_at"], name="com_job_owner_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind}"

    @property
    def percent(self) -> int:
        """Return progress in whole percent; 0 while the total is unknown."""
        if self.state == JobState.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0
