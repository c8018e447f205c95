from typing import Any

from django.db import models

from common import constraints
from common.chain import GENESIS
from common.codes import new_code
from common.models import AppendOnlyModel
from exams.enums import CLOSED_STATES, AttemptState, EventKind
from exams.models.paper import Paper
from exams.models.sitting import Candidacy


class Attempt(models.Model):
    """One officer's sitting of one paper. The deadline is fixed at the start and moved only by a recorded extension.

    The chain columns note the end of the attempt's evidence (responses and events), so that nothing can be cut off.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code)
    candidacy = models.OneToOneField(Candidacy, on_delete=models.PROTECT, related_name="attempt")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="attempts")
    state = models.CharField(max_length=12, choices=AttemptState.choices, default=AttemptState.IN_PROGRESS)
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    # Fixed at the start, so that a save need not look at paper or scheme.
    submit_opens_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # What the officer is given at hand-in, unique and readable; ends in the head of the chain.
    receipt = models.CharField(max_length=24, null=True, blank=True, unique=True)
    # Highest sequence number accepted from the officer's pages.
    last_seq = models.PositiveIntegerField(default=0)
    # Rises with every take-over; a token of an earlier lease is superseded.
    lease = models.PositiveIntegerField(default=1)
    # Random name of the page that holds the lease: the same page may reload, another one must take over.
    page = models.CharField(max_length=40, blank=True)
    last_seen_at = models.DateTimeField()
    chain_length = models.PositiveIntegerField(default=0)
    chain_head = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        db_table = "exa_attempt"
        constraints = [
            constraints.valid_choice("state", AttemptState, name="exa_attempt_state_valid"),
            constraints.starts_before_ends("started_at", "deadline_at", name="exa_attempt_deadline_later"),
            models.CheckConstraint(
                condition=~models.Q(state="in_progress") | models.Q(closed_at__isnull=True),
                name="exa_attempt_open_not_closed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[state.value for state in CLOSED_STATES])
                | models.Q(closed_at__isnull=False, receipt__isnull=False),
                name="exa_attempt_closed_receipt",
            ),
        ]
        indexes = [
            # The sweeper's question: which running attempts are past their deadline?
            models.Index(fields=["state", "deadline_at"], name="exa_attempt_overdue_ix"),
        ]

    def __str__(self) -> str:
        return self.code


class AttemptLayout(AppendOnlyModel):
    """How this attempt shows its paper: item order, option order, and the names options have in this attempt only.

    `layout` is [{"item": name, "ref": index in the paper, "options": [name…], "refs": [option index…]}…].
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="frozen_layout", primary_key=True)
    seed = models.BigIntegerField()
    layout = models.JSONField()

    class Meta:
        db_table = "exa_attempt_layout"

    def __str__(self) -> str:
        return f"layout of {self.attempt_id}"


class AttemptEvent(AppendOnlyModel):
    """Something that happened during an attempt, by server time; a link of the attempt's chain."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="events")
    link = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=EventKind.choices)
    at = models.DateTimeField()
    actor_code = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "exa_attempt_event"
        constraints = [
            constraints.valid_choice("kind", EventKind, name="exa_event_kind_valid"),
            models.UniqueConstraint(fields=["attempt", "link"], name="exa_event_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}:{self.link} {self.kind}"

    def content(self) -> dict[str, Any]:
        """Return what the digest covers."""
        return {
            "attempt": self.attempt_id,
            "link": self.link,
            "kind": self.kind,
            "at": self.at,
            "actor": self.actor_code,
            "detail": self.detail,
        }
