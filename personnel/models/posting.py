from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import constraints
from personnel.models.officer import Officer
from personnel.models.unit import Unit


class Posting(models.Model):
    """An officer in a unit from a day to a day.

    Enforcement postings are the denominator of certified-on-duty.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    starts_on = models.DateField(_("from"))
    # The first day on which the officer no longer serves there; open while unset.
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_enforcement = models.BooleanField(_("enforcement post"), default=True)

    class Meta:
        db_table = "per_posting"
        constraints = [
            constraints.starts_before_ends("starts_on", "ends_on", name="per_posting_starts_before_ends"),
            # One present post per officer: two would count the officer twice in every rate.
            models.UniqueConstraint(
                fields=["officer"], condition=Q(ends_on__isnull=True), name="per_posting_one_open"
            ),
        ]
        indexes = [
            # "Who serves in this unit?", today or on a day.
            models.Index(fields=["unit", "ends_on"], name="per_posting_unit_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.unit}"
