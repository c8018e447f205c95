from django.db.models import QuerySet

from exams.enums import CandidacyState
from exams.models import Candidacy
from personnel.models import Officer


def of(officer: Officer) -> QuerySet[Candidacy]:
    """Return an officer's own candidacies with sitting, exam and attempt, newest sitting first."""
    return (
        Candidacy.objects.filter(officer=officer)
        .exclude(state=CandidacyState.WITHDRAWN)
        .select_related("sitting__exam__scheme", "sitting__paper", "attempt", "attempt__result")
        # The rendered paper is large and for the room alone.
        .defer("sitting__paper__public")
        .order_by("-sitting__opens_at")
    )
