from django.db import models


class BareRow(models.Model):
    """The one row that the bare view inserts: what a save at least has to keep."""

    attempt = models.CharField(max_length=16)
    seq = models.PositiveIntegerField()
    answers = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        app_label = "bench"
        db_table = "zz_bench_row"

    def __str__(self) -> str:
        return f"{self.attempt}:{self.seq}"
