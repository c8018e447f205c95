"""When and where a sealed form is sat."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common import audit, clock
from common.errors import BadInput, NotPossibleNow
from exams.enums import RUNNING_STATES
from exams.models import Exam, Paper, Sitting
from personnel.models import Officer


def create_sitting(
    exam: Exam,
    *,
    paper: Paper,
    name: str,
    opens_at: datetime,
    ends_at: datetime,
    by: Officer,
    entry_closes_at: datetime | None = None,
    site: str = "",
    room: str = "",
) -> Sitting:
    """Create a sitting of a sealed form.

    Entry closes by the scheme's minutes after opening unless an instant is given. Instants carry a time zone (F11).

    Raises:
        NotPossibleNow: the paper is not sealed, or the exam is over.
        BadInput: a time without zone, or times that contradict each other.
    """
    if paper.exam_id != exam.pk or paper.sealed_at is None:
        raise NotPossibleNow(_("Seal the paper first; only a sealed paper can be sat."))
    if exam.state not in RUNNING_STATES:
        raise NotPossibleNow(_("Sittings are added once the paper is sealed."))
    entry = entry_closes_at or min(opens_at + timedelta(minutes=exam.scheme.entry_closes_after_minutes), ends_at)
    _check_times(opens_at, entry, ends_at)
    at = clock.now()
    with transaction.atomic():
        sitting = Sitting.objects.create(
            exam=exam,
            paper=paper,
            name=name,
            opens_at=opens_at,
            entry_closes_at=entry,
            ends_at=ends_at,
            site=site,
            room=room,
        )
        audit.record(
            "exams.sitting_created",
            by=by,
            at=at,
            subject=f"sitting:{sitting.code}",
            detail={
                "exam": exam.code,
                "opens_at": opens_at.isoformat(),
                "ends_at": ends_at.isoformat(),
            },
        )
    return sitting


def _check_times(opens_at: datetime, entry_closes_at: datetime, ends_at: datetime) -> None:
    if any(timezone.is_naive(moment) for moment in (opens_at, entry_closes_at, ends_at)):
        raise BadInput(_("Every time needs its time zone."), code="naive_time")
    if not opens_at < ends_at:
        raise BadInput(_("The sitting must end after it opens."), field="ends_at")
    if not opens_at < entry_closes_at <= ends_at:
        raise BadInput(
            _("Entry must close after the sitting opens and not after it ends."),
            field="entry_closes_at",
        )
