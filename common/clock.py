"""The server's clock. All business time passes through here, so that one act has one instant."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the present instant, in UTC."""
    return timezone.now()


def local_day(at: datetime) -> date:
    """Return the calendar day of an instant where the officers live (settings.TIME_ZONE)."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def today() -> date:
    """Return today's calendar day where the officers live."""
    return local_day(now())
