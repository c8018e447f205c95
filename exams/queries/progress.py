"""Where an exam stands, from blueprint to release, in figures."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum

from common.scores import as_score
from exams.enums import CLOSED_STATES, AttemptState, CandidacyState
from exams.models import Attempt, Candidacy, Exam, Paper, Sitting


@dataclass(frozen=True)
class Progress:
    """What the time line of an exam is drawn from.

    Attributes:
        registered: candidates who are not admitted yet.
        may_begin: admitted candidates who have not begun and still can.
        closed, graded, released: numbers of attempts; each contains the next.
    """

    items: int
    marks: Decimal
    papers: list[Paper]
    sittings: int
    first_opens_at: datetime | None
    last_ends_at: datetime | None
    registered: int
    admitted: int
    may_begin: int
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


def of(exam: Exam, *, at: datetime) -> Progress:
    """Return the figures of one exam as of an instant, with five queries."""
    blueprint = exam.blueprint.aggregate(items=Sum("count"), marks=Sum(F("count") * F("marks_each")))
    sittings = Sitting.objects.filter(exam=exam).aggregate(
        count=Count("pk"), first=Min("opens_at"), last=Max("ends_at")
    )
    candidacies = Candidacy.objects.filter(sitting__exam=exam).aggregate(
        registered=Count("pk", filter=Q(state=CandidacyState.REGISTERED)),
        admitted=Count("pk", filter=Q(state=CandidacyState.ADMITTED)),
        may_begin=Count(
            "pk",
            filter=Q(
                state=CandidacyState.ADMITTED,
                sitting__entry_closes_at__gt=at,
                attempt__isnull=True,
            ),
        ),
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


def sittings_of(exam: Exam) -> QuerySet[Sitting]:
    """Return the sittings of an exam with the numbers of their candidates and attempts."""
    listed = ~Q(candidacies__state=CandidacyState.WITHDRAWN)
    running = Q(candidacies__attempt__state=AttemptState.IN_PROGRESS)
    return (
        exam.sittings.select_related("paper")
        .defer("paper__public")
        .annotate(
            candidates=Count("candidacies", filter=listed),
            waiting=Count("candidacies", filter=Q(candidacies__state=CandidacyState.REGISTERED)),
            running=Count("candidacies", filter=running),
            handed_in=Count("candidacies", filter=Q(candidacies__attempt__state__in=CLOSED_STATES)),
        )
        .order_by("opens_at", "pk")
    )
