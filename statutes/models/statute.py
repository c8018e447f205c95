from django.db import models

from common import constraints
from statutes.enums import Rank


class Statute(models.Model):
    """A law as an identity that outlives its amendments."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200, unique=True)
    short_title = models.CharField(max_length=100, blank=True)
    rank = models.CharField(max_length=20, choices=Rank.choices, default=Rank.LAW)
    issuer = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "sta_statute"
        constraints = [constraints.valid_choice("rank", Rank, name="sta_statute_rank_valid")]

    def __str__(self) -> str:
        return self.title


class StatuteVersion(models.Model):
    """The text of a law as promulgated; it ends where the next version starts, or at its repeal."""

    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="versions")
    label = models.CharField(max_length=60)
    promulgated_on = models.DateField(null=True, blank=True)
    in_force_from = models.DateField()
    repealed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "sta_statute_version"
        constraints = [
            models.UniqueConstraint(fields=["statute", "in_force_from"], name="sta_version_one_a_day"),
            constraints.starts_before_ends("in_force_from", "repealed_on", name="sta_version_repealed_later"),
        ]

    def __str__(self) -> str:
        return f"{self.statute} ({self.label})"
