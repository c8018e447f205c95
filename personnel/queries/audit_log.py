"""The audit log as auditors read it: what people of their units did."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from common.models import AuditEvent
from personnel.enums import Role
from personnel.models import Officer, Unit
from personnel.queries.officers import manageable_by
from personnel.rules import units_for

AUDIT_ROLES = (Role.AUDITOR, Role.AUDIT_ADMIN)
# Outside of these nothing happened, and there are days that have no next one.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Filter:
    """What is asked of the log; empty means everything."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    day: date | None = None


def visible_to(officer: Officer) -> QuerySet[AuditEvent]:
    """Return the acts this auditor may see.

    Over the whole tree that is everything, the platform's own acts included; over a part of it, the
    acts of the officers who serve there, and what was done to them.
    """
    covered = units_for(officer, AUDIT_ROLES)
    if not covered.exists():
        return AuditEvent.objects.none()
    if not Unit.objects.filter(depth=1).exclude(pk__in=covered.values("pk")).exists():
        return AuditEvent.objects.all()
    people = manageable_by(officer, *AUDIT_ROLES)
    subjects = people.annotate(subject=Concat(Value("officer:"), "service_no")).values("subject")
    return AuditEvent.objects.filter(Q(actor_code__in=people.values("service_no")) | Q(subject__in=subjects))


def search(officer: Officer, wanted: Filter) -> QuerySet[AuditEvent]:
    """Return what the auditor may see of what she asks for, newest first."""
    found = visible_to(officer)
    if wanted.actor:
        found = found.filter(actor_code=wanted.actor.upper())
    if wanted.action:
        found = found.filter(action__startswith=wanted.action)
    if wanted.subject:
        found = found.filter(subject__icontains=wanted.subject)
    if wanted.day and not FIRST_DAY <= wanted.day <= LAST_DAY:
        return found.none()
    if wanted.day:
        start = datetime.combine(wanted.day, time(0), tzinfo=ZoneInfo(settings.TIME_ZONE))
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return found.order_by("-link")
