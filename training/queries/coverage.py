"""Certified on duty 持证上岗率: officers on enforcement posts with a valid certificate, of all.

Always the same number of queries, whatever the size of the tree: counts come by unit and are rolled
up along the unit paths.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise

from exams.enums import CLOSED_STATES, AttemptState, CandidacyState
from exams.models import Attempt, Candidacy, Result
from personnel.enums import Role
from personnel.models import Officer, Posting, Unit
from personnel.queries.officers import postings_on
from personnel.rules import active_grants
from training.enums import CertificateState, UncoveredReason
from training.models import Certificate
from training.queries import certificates

SEEING_ROLES = (Role.HR, Role.UNIT_CHIEF, Role.AUDITOR)


@dataclass(frozen=True)
class Coverage:
    """A unit's figures, with everything below it."""

    unit: Unit
    officers: int
    certified: int

    @property
    def uncovered(self) -> int:
        return self.officers - self.certified

    @property
    def rate(self) -> float | None:
        """Return the share in percent, or None where nobody serves on an enforcement post."""
        return self.certified * 100 / self.officers if self.officers else None


@dataclass(frozen=True)
class Uncovered:
    """An officer on an enforcement post without a valid certificate, and why."""

    officer: Officer
    unit: Unit
    reason: UncoveredReason
    # The day the reason dates from: expiry, or release of the failed result.
    since: date | None = None

    @property
    def label(self) -> str | Promise:
        return self.reason.label


def units_of(officer: Officer) -> list[Unit]:
    """Return the topmost units whose coverage this officer may see; none for outsiders."""
    granted = {g.unit.path: g.unit for g in active_grants(officer) if g.role in SEEING_ROLES}
    tops: list[Unit] = []
    for path in sorted(granted):
        if not tops or not path.startswith(tops[-1].path):
            tops.append(granted[path])
    return tops


def visible_units(officer: Officer) -> QuerySet[Unit]:
    """Return every unit whose coverage this officer may see."""
    return Unit.objects.filter(_below(units_of(officer)))


def by_unit(roots: Iterable[Unit], day: date) -> dict[str, Coverage]:
    """Return unit code → figures on a day, for the roots and every unit below them. Two queries."""
    below = list(roots)
    units = {unit.path: unit for unit in Unit.objects.filter(_below(below)).order_by("path")}
    counts = {path: [0, 0] for path in units}
    for path, officers, certified in _counts(below, day):
        for end in range(len(path), 0, -Unit.steplen):
            if path[:end] in counts:
                counts[path[:end]][0] += officers
                counts[path[:end]][1] += certified
    return {
        unit.code: Coverage(unit, officers=counts[path][0], certified=counts[path][1]) for path, unit in units.items()
    }


def children(unit: Unit, figures: dict[str, Coverage]) -> list[Coverage]:
    """Return the figures of the units right below one, lowest rate first; units without enforcement
    posts are left out.
    """
    depth = len(unit.path) + Unit.steplen
    rows = [
        row
        for row in figures.values()
        if row.unit.path.startswith(unit.path) and len(row.unit.path) == depth and row.officers
    ]
    return sorted(rows, key=lambda row: (row.rate, -row.officers, row.unit.code))


def pulling_down(rows: Iterable[Coverage], *, most: int = 3) -> list[Coverage]:
    """Return the units with most officers uncovered: those that pull the common figure down."""
    short = [row for row in rows if row.uncovered]
    return sorted(short, key=lambda row: (-row.uncovered, row.rate, row.unit.code))[:most]


def uncovered(roots: Iterable[Unit], day: date, *, with_id_numbers: bool = False) -> list[Uncovered]:
    """Return every uncovered officer of the subtrees with the reason, by unit and service number.

    Five queries, whatever the number of officers. ID numbers are read and deciphered only on
    demand, because that takes longer than all the rest.
    """
    postings = (
        _postings(list(roots), day)
        .exclude(_is_covered(day))
        .select_related("officer", "unit")
        .order_by("unit__path", "officer__service_no")
    )
    if not with_id_numbers:
        postings = postings.defer("officer__id_number")
    rows = list(postings)
    history = _History([posting.officer_id for posting in rows], day)
    return [Uncovered(posting.officer, posting.unit, *history.reason(posting.officer_id)) for posting in rows]


class _History:
    """What is known about officers without a valid certificate; four queries for all of them."""

    def __init__(self, officers: list[int], day: date) -> None:
        # SQLite takes at most some ten thousand parameters, so large lists are asked whole.
        wanted = Q(officer__in=officers) if len(officers) <= 5000 else Q()
        self.day = day
        self.certificates = {
            row.officer_id: row for row in Certificate.objects.filter(wanted, valid_from__lte=day).order_by("pk")
        }
        failed = Result.objects.filter(wanted, has_passed=False, released_at__isnull=False)
        # In order of release, so that the newest failure stays.
        self.failed: dict[int, date] = dict(failed.order_by("released_at").values_list("officer", "released_at__date"))
        attempts = Attempt.objects.filter(_through("candidacy__", wanted, officers)).filter(
            Q(state__in=CLOSED_STATES, result__isnull=True)
            | Q(state__in=CLOSED_STATES, result__released_at__isnull=True)
            | Q(state=AttemptState.IN_PROGRESS)
        )
        self.waiting = set(attempts.values_list("candidacy__officer", flat=True))
        self.registered = set(
            Candidacy.objects.filter(wanted, attempt__isnull=True)
            .exclude(state=CandidacyState.WITHDRAWN)
            .values_list("officer", flat=True)
        )

    def reason(self, officer: int) -> tuple[UncoveredReason, date | None]:
        certificate = self.certificates.get(officer)
        if certificate and certificate.state_on(self.day) in _ENDED:
            state = certificate.state_on(self.day)
            is_dated = state == CertificateState.EXPIRED
            return _ENDED[state], certificate.valid_until if is_dated else None
        if officer in self.waiting:
            return UncoveredReason.NOT_RELEASED, None
        if officer in self.failed:
            return UncoveredReason.FAILED, self.failed[officer]
        if officer in self.registered:
            return UncoveredReason.REGISTERED, None
        return UncoveredReason.NEVER_SAT, None


_ENDED = {
    CertificateState.EXPIRED: UncoveredReason.EXPIRED,
    CertificateState.SUSPENDED: UncoveredReason.SUSPENDED,
    CertificateState.CANCELLED: UncoveredReason.CANCELLED,
    CertificateState.REVOKED: UncoveredReason.REVOKED,
}


def _through(prefix: str, wanted: Q, officers: list[int]) -> Q:
    return Q(**{f"{prefix}officer__in": officers}) if wanted else Q()


def _below(units: Iterable[Unit]) -> Q:
    condition = Q(pk__in=[])
    for unit in units:
        condition |= Q(path__startswith=unit.path)
    return condition


def _is_covered(day: date) -> Exists:
    return Exists(certificates.valid_on(day).filter(officer=OuterRef("officer")))


def _postings(roots: list[Unit], day: date) -> QuerySet[Posting]:
    return postings_on(day).filter(is_enforcement=True, unit__in=Unit.objects.filter(_below(roots)))


def _counts(roots: list[Unit], day: date) -> Iterable[tuple[str, int, int]]:
    return (
        _postings(roots, day)
        .values("unit__path")
        .annotate(
            people=Count("officer", distinct=True),
            covered=Count("officer", filter=_is_covered(day), distinct=True),
        )
        .values_list("unit__path", "people", "covered")
    )
