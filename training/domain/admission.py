"""Who has learned enough to sit: candidates of a programme's exam are admitted through `exams.api`."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common import clock
from exams import api
from exams.enums import CandidacyState
from exams.models import Candidacy
from personnel.models import Officer
from training.enums import EnrolmentState, RetrainingState
from training.models import Enrolment, Programme, RetrainingPlan


def admit_ready(officer: Officer, programme: Programme, *, at: datetime) -> list[Candidacy]:
    """Admit the officer to the sittings of the programme's exam for which she is registered.

    Call it when the programme is completed; without an exam or a registration nothing happens.
    Whoever is registered later is admitted by `consider`.
    """
    if programme.exam_id is None:
        return []
    return _admit(_waiting(officer, at=at).filter(sitting__exam=programme.exam_id), programme, at=at)


def consider(candidacy: Candidacy, *, at: datetime | None = None) -> bool:
    """Admit a registered candidate whose learning for this exam is done; return whether it was.

    Learning is done when a programme with this exam is completed and no retraining for the exam's
    scheme is under way. May run any number of times.
    """
    at = at or clock.now()
    programme = Programme.objects.filter(
        exam=candidacy.sitting.exam_id,
        enrolments__officer=candidacy.officer,
        enrolments__state=EnrolmentState.COMPLETED,
    ).first()
    if programme is None:
        return False
    waiting = _waiting(candidacy.officer, at=at).filter(pk=candidacy.pk)
    return bool(_admit(waiting, programme, at=at))


def consider_all(officer: Officer, *, at: datetime) -> int:
    """Consider every registration of an officer, as after her retraining; return how many led on."""
    return sum(consider(candidacy, at=at) for candidacy in _waiting(officer, at=at))


def is_completed(officer: Officer, programme: Programme) -> bool:
    """Return whether the officer has learned what the programme requires."""
    return Enrolment.objects.filter(programme=programme, officer=officer, state=EnrolmentState.COMPLETED).exists()


def _waiting(officer: Officer, *, at: datetime) -> QuerySet[Candidacy]:
    retraining = RetrainingPlan.objects.filter(officer=officer, state=RetrainingState.OPEN)
    return (
        Candidacy.objects.filter(officer=officer, state=CandidacyState.REGISTERED, sitting__ends_at__gt=at)
        .exclude(sitting__exam__scheme__in=retraining.values("result__exam__scheme"))
        .select_related("officer", "sitting")
        .order_by("pk")
    )


def _admit(waiting: QuerySet[Candidacy], programme: Programme, *, at: datetime) -> list[Candidacy]:
    reason = _("“%(programme)s” completed") % {"programme": programme.title}
    return [api.admit(candidacy, by=None, reason=reason, at=at) for candidacy in waiting]
