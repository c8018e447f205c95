"""Where an exam stands, from blueprint to release, in figures."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Max, Min, Q, Sum

from common.scores import as_score
from exams.enums import CLOSED_STATES, AttemptState, CandidacyState
from exams.models import Attempt, Candidacy, Exam, Paper, Sitting


@dataclass(frozen=True)
class Progress:
    """What the time line of an exam is drawn from."""

    items: int
    marks: Decimal
    papers: list[Paper]
    sittings: int
    first_opens_at: datetime | None
    last_ends_at: datetime | None
    registered: int
    admitted: int
    in_progress: int
    closed: int
    graded: int
    released: int

    @property
    def sealed(self) -> list[Paper]:
        return [paper for paper in self.papers if paper.sealed_at]

    @property
    def unsealed(self) -> list[Paper]:
        return [paper for paper in self.papers if not paper.sealed_at]

    @property
    def candidates(self) -> int:
        return self.registered + self.admitted

    @property
    def ungraded(self) -> int:
        return self.closed - self.graded

    @property
    def unreleased(self) -> int:
        return self.graded - self.released


def of(exam: Exam) -> Progress:
    """Return the figures of one exam, with five queries."""
    blueprint = exam.blueprint.aggregate(
        items=Sum("count"), marks=Sum(F("count") * F("marks_each"))
    )
    sittings = Sitting.objects.filter(exam=exam).aggregate(
        count=Count("pk"), first=Min("opens_at"), last=Max("ends_at")
    )
    candidacies = Candidacy.objects.filter(sitting__exam=exam).aggregate(
        registered=Count("pk", filter=Q(state=CandidacyState.REGISTERED)),
        admitted=Count("pk", filter=Q(state=CandidacyState.ADMITTED)),
    )
    attempts = Attempt.objects.filter(candidacy__sitting__exam=exam).aggregate(
        in_progress=Count("pk", filter=Q(state=AttemptState.IN_PROGRESS)),
        closed=Count("pk", filter=Q(state__in=CLOSED_STATES)),
        graded=Count("pk", filter=Q(state__in=CLOSED_STATES, result__isnull=False)),
        released=Count("pk", filter=Q(result__released_at__isnull=False)),
    )
    return Progress(
        items=blueprint["items"] or 0,
        marks=as_score(blueprint["marks"]),
        papers=list(exam.papers.defer("public").order_by("form")),
        sittings=sittings["count"],
        first_opens_at=sittings["first"],
        last_ends_at=sittings["last"],
        **candidacies,
        **attempts,
    )
