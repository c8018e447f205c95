from django.db import models


class Heartbeat(models.Model):
    """When a part of the platform was last known to work: the worker's pulse, the database probe.

    One row a name, overwritten; nothing else depends on it.
    """

    name = models.CharField(max_length=30, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "com_heartbeat"

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at.isoformat()}"
