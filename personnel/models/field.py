from django.db import models
from django.utils.translation import get_language


class EnforcementField(models.Model):
    """An enforcement field 执法领域, such as transport; `public_law` is common to all."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0, db_column="sort_order")

    class Meta:
        db_table = "per_field"
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name
