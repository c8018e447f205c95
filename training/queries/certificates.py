"""Certificates as officers, HR and the public read them."""

import hmac
from datetime import date

from django.db.models import Q, QuerySet

from personnel.enums import Role
from personnel.models import Officer, Posting
from personnel.rules import units_for
from training.enums import CertificateState
from training.models import Certificate

# Compared with when a number does not exist, so that both misses take the same way.
NO_CODE = "-" * 8


def valid_on(day: date) -> QuerySet[Certificate]:
    """Return the certificates that certify on a day, by their dates and today's decisions.

    One that expired since was valid then; one that was suspended or revoked since counts no more.
    """
    return Certificate.objects.filter(
        state__in=(CertificateState.VALID, CertificateState.EXPIRED),
        valid_from__lte=day,
        valid_until__gt=day,
    )


def of(officer: Officer) -> QuerySet[Certificate]:
    """Return an officer's own certificates, newest first."""
    return Certificate.objects.filter(officer=officer).order_by("-valid_from", "-pk")


def visible_to(officer: Officer) -> QuerySet[Certificate]:
    """Return one's own certificates, and for HR those of the officers posted in their subtree."""
    units = units_for(officer, (Role.HR,))
    posted = Posting.objects.filter(unit__in=units, ends_on__isnull=True).values("officer")
    return Certificate.objects.filter(Q(officer=officer) | Q(officer__in=posted))


def verified(number: str, code: str) -> Certificate | None:
    """Return the certificate that both number and code name; one alone names nothing.

    Takes the same way and time whichever of the two is wrong (F38, F39).
    """
    certificate = Certificate.objects.filter(number=number).first()
    expected = certificate.verify_code if certificate else NO_CODE
    is_right = hmac.compare_digest(expected.encode(), code.encode())
    return certificate if certificate and is_right else None
