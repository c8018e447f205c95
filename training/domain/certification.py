"""Certificates: granted on a released pass, frozen with the facts, ended by date or by decision."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from common import audit, chain, clock
from common.transitions import TransitionTable
from exams.enums import ExamKind
from exams.models import Result
from personnel.queries import officers
from training.enums import CertificateState
from training.models import Certificate

# Passing these qualifies for enforcement; a legal-study or mock exam does not.
GRANTING_KINDS = (ExamKind.QUALIFICATION, ExamKind.RENEWAL)
NUMBER_DIGITS = 7
# A clash of random numbers is drawn again; so many clashes in a row mean that the year is full.
NUMBER_TRIES = 20

CERTIFICATES = TransitionTable(
    name="certificate",
    states=CertificateState,
    moves={
        CertificateState.VALID: {
            CertificateState.SUSPENDED: _("suspended by decision"),
            CertificateState.EXPIRED: _("its last day passed"),
            CertificateState.CANCELLED: _("left the enforcement post"),
            CertificateState.REVOKED: _("revoked by decision"),
        },
        CertificateState.SUSPENDED: {
            CertificateState.VALID: _("suspension lifted"),
            CertificateState.EXPIRED: _("its last day passed"),
            CertificateState.CANCELLED: _("left the enforcement post"),
            CertificateState.REVOKED: _("revoked by decision"),
        },
        CertificateState.EXPIRED: {},
        CertificateState.CANCELLED: {},
        CertificateState.REVOKED: {},
    },
)


class NumbersExhausted(RuntimeError):
    """The number pattern has no free numbers left for the year."""


class CertificateFacts(BaseModel):
    """What a certificate was granted on, as it was on that day. Scores are text with two places."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: Literal[1] = 1
    name: str
    service_no_masked: str
    unit: str
    issuer: str
    exam: str
    exam_code: str
    scheme: str
    field: str
    field_en: str
    score: str
    full_marks: str
    pass_mark: str
    released_on: date
    paper_digest: str


def issue(result: Result, *, at: datetime) -> Certificate | None:
    """Grant the certificate for a released pass; return the standing one when it was granted
    before, and None when this result grants none.

    Valid from the local day of the release. Call it with the result's row locked. The act is the
    platform's own, by the rules of the scheme.
    """
    if not (result.has_passed and result.released_at):
        return None
    if result.exam.scheme.kind not in GRANTING_KINDS:
        return None
    standing = Certificate.objects.filter(result=result).first()
    if standing:
        return standing
    facts = _facts(result, clock.local_day(result.released_at)).model_dump(mode="json")
    valid_from = clock.local_day(result.released_at)
    draft = Certificate(
        officer=result.officer,
        result=result,
        valid_from=valid_from,
        valid_until=years_later(valid_from, result.exam.scheme.certificate_years),
        facts=facts,
        facts_digest=chain.link_hash(chain.GENESIS, facts),
        issued_at=at,
    )
    certificate = _numbered(draft)
    audit.record(
        "training.certificate_issued",
        by=None,
        at=at,
        subject=f"certificate:{certificate.number}",
        detail={"officer": result.officer.service_no, "result": result.code},
    )
    return certificate


def expire_due(*, at: datetime) -> int:
    """Move every certificate whose last day has passed to “expired”; return how many."""
    due = Certificate.objects.filter(
        state__in=(CertificateState.VALID, CertificateState.SUSPENDED),
        valid_until__lte=clock.local_day(at),
    )
    count = 0
    for certificate in due.order_by("pk"):
        CERTIFICATES.move(certificate, CertificateState.EXPIRED, by=None, at=at)
        count += 1
    return count


def first_break(certificate: Certificate) -> chain.Break | None:
    """Return where a certificate no longer tells what it was granted on, or None."""
    place = f"certificate {certificate.number}"
    if chain.link_hash(chain.GENESIS, certificate.facts) != certificate.facts_digest:
        return chain.Break(place, "facts do not match their digest")
    return None


def chains() -> Iterator[tuple[str, chain.Break | None]]:
    """Check the frozen facts of every certificate; yield one summary with the first break."""
    every = Certificate.objects.order_by("pk").iterator(chunk_size=2000)
    yield "certificates", next(filter(None, map(first_break, every)), None)


def years_later(day: date, years: int) -> date:
    """Return the same day so many years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def mask_service_no(service_no: str) -> str:
    """Return A1**1: two characters, stars, the last one."""
    if len(service_no) < 4:
        return "*" * len(service_no)
    return service_no[:2] + "*" * (len(service_no) - 3) + service_no[-1]


def _facts(result: Result, day: date) -> CertificateFacts:
    unit = officers.unit_of(result.officer, day=day) or officers.unit_of(result.officer)
    field = result.exam.field
    return CertificateFacts(
        name=result.officer.name,
        service_no_masked=mask_service_no(result.officer.service_no),
        unit=unit.name if unit else result.exam.unit.name,
        issuer=result.exam.unit.name,
        exam=result.exam.title,
        exam_code=result.exam.code,
        scheme=result.exam.scheme.code,
        field=field.name if field else "",
        field_en=field.name_en if field else "",
        score=f"{result.score:.2f}",
        full_marks=f"{result.full_marks:.2f}",
        pass_mark=f"{result.pass_mark:.2f}",
        released_on=day,
        paper_digest=result.attempt.paper.digest or "",
    )


def _numbered(draft: Certificate) -> Certificate:
    """Save the certificate under a free random number, so that numbers tell no count or order."""
    for _try in range(NUMBER_TRIES):
        digits = f"{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"
        draft.number = settings.MINGFA_CERTIFICATE_NUMBER.format(year=draft.valid_from.year, digits=digits)
        if Certificate.objects.filter(number=draft.number).exists():
            continue
        try:
            with transaction.atomic():
                draft.save(force_insert=True)
        except IntegrityError:
            if Certificate.objects.filter(number=draft.number).exists():
                continue
            raise
        return draft
    raise NumbersExhausted(settings.MINGFA_CERTIFICATE_NUMBER)
