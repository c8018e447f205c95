from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common import constraints
from common.codes import new_code
from exams.enums import CandidacyState
from exams.models.exam import Exam
from exams.models.paper import Paper


class Sitting(models.Model):
    """When and where a form of an exam is sat 场次. No attempt runs past `ends_at`, but for recorded extra time."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sittings")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="sittings", verbose_name=_("form"))
    name = models.CharField(_("sitting name"), max_length=80)
    site = models.CharField(_("exam site"), max_length=120, blank=True)
    room = models.CharField(_("exam room"), max_length=60, blank=True)
    opens_at = models.DateTimeField(_("opens at"))
    # Last instant at which an officer may begin.
    entry_closes_at = models.DateTimeField(_("entry closes at"))
    ends_at = models.DateTimeField(_("ends at"))

    class Meta:
        db_table = "exa_sitting"
        ordering = ["opens_at"]
        constraints = [
            constraints.starts_before_ends("opens_at", "entry_closes_at", name="exa_sitting_entry_after_open"),
            constraints.starts_before_ends("opens_at", "ends_at", name="exa_sitting_ends_after_open"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("entry_closes_at")),
                name="exa_sitting_entry_before_end",
            ),
        ]
        indexes = [models.Index(fields=["opens_at"], name="exa_sitting_opens_ix")]

    def __str__(self) -> str:
        return f"{self.exam} · {self.name}"


class Candidacy(models.Model):
    """An officer's place in a sitting 考生: registered, admitted, with seat and any extra time and its reason."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="candidacies")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="candidacies")
    state = models.CharField(max_length=10, choices=CandidacyState.choices, default=CandidacyState.REGISTERED)
    seat_no = models.CharField(_("seat"), max_length=10, blank=True)
    # 0 for the first sitting of this exam, 1 for the first resit, and so on.
    resit_no = models.PositiveSmallIntegerField(default=0)
    extra_minutes = models.PositiveIntegerField(_("extra time (minutes)"), default=0)
    extra_reason = models.CharField(_("reason for extra time"), max_length=200, blank=True)
    admission_reason = models.CharField(max_length=200, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "exa_candidacy"
        constraints = [
            constraints.valid_choice("state", CandidacyState, name="exa_candidacy_state_valid"),
            models.UniqueConstraint(fields=["sitting", "officer"], name="exa_candidacy_once"),
            # Extra time never stands without its reason.
            models.CheckConstraint(
                condition=models.Q(extra_minutes=0) | ~models.Q(extra_reason=""),
                name="exa_candidacy_extra_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="admitted") | models.Q(admitted_at__isnull=False),
                name="exa_candidacy_admitted_at",
            ),
        ]
        indexes = [models.Index(fields=["officer", "state"], name="exa_candidacy_officer_ix")]

    def __str__(self) -> str:
        return f"{self.officer} · {self.sitting}"
