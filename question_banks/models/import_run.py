from django.conf import settings
from django.db import models

from common import constraints
from common.codes import new_code
from common.models import Job
from question_banks.enums import ImportState
from question_banks.models.bank import Bank


class ImportRun(models.Model):
    """One upload of files into a bank: what was understood, what was refused, and what was done about it."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="imports")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.PARSING)
    # [{"name": as uploaded, "path": in the private storage}]
    files = models.JSONField(default=list)
    # Columns taken, counts and refused records, as shown before anything is written.
    plan = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    executed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "qb_import_run"
        constraints = [
            constraints.valid_choice("state", ImportState, name="qb_import_state_valid"),
            constraints.set_exactly_in("executed_at", [ImportState.EXECUTED], name="qb_import_executed_iff"),
        ]
        indexes = [models.Index(fields=["bank", "-created_at"], name="qb_import_bank_ix")]

    def __str__(self) -> str:
        return self.code

    @property
    def state_member(self) -> ImportState:
        """Return the state as a member of its list, which brings name and look."""
        return ImportState(self.state)
