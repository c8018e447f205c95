from django.conf import settings
from django.db import models
from django.db.models import Q

from common import constraints
from personnel.enums import ADMIN_ROLES, Role
from personnel.models.officer import Officer
from personnel.models.unit import Unit


class RoleGrant(models.Model):
    """A role of an officer over a unit and everything below it, until revoked."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_grants")
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "per_role_grant"
        constraints = [
            constraints.valid_choice("role", Role, name="per_grant_role_valid"),
            constraints.both_or_neither("revoked_at", "revoked_by", name="per_grant_revoked_pair"),
            models.UniqueConstraint(
                fields=["officer", "role", "unit"],
                condition=Q(revoked_at__isnull=True),
                name="per_grant_once",
            ),
            # 三员分立, also when two administrators grant at the same moment.
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(revoked_at__isnull=True, role__in=ADMIN_ROLES),
                name="per_grant_one_admin",
            ),
        ]
        indexes = [models.Index(fields=["role", "unit"], name="per_grant_role_ix")]

    def __str__(self) -> str:
        return f"{self.officer}: {self.get_role_display()} · {self.unit}"
