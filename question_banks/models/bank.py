from django.db import models
from django.utils.translation import gettext_lazy as _

from personnel.models import EnforcementField, Unit


class Bank(models.Model):
    """A question bank, owned by a unit: who may author, review and draw follows from roles over that unit."""

    code = models.SlugField(_("bank code"), max_length=40, unique=True)
    name = models.CharField(_("bank name"), max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="banks", verbose_name=_("owning unit"))
    field = models.ForeignKey(
        EnforcementField,
        on_delete=models.PROTECT,
        related_name="banks",
        null=True,
        blank=True,
        verbose_name=_("field"),
    )
    created_at = models.DateTimeField()

    class Meta:
        db_table = "qb_bank"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
