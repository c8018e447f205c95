"""Reading, by the server's own watch: a page only says that it is being read; the server counts.

Between two signs of life of an officer, on whatever page or device, the time that passed is credited
once, and at most settings.MINGFA_READING_GAP_SECONDS of it. So nobody is credited more than the
wall clock shows, more than the lesson's minutes, or more than the day's cap.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from cms.models import LessonPage
from common import clock
from personnel.models import Officer
from training.domain import admission, enrolment, hours, retraining
from training.enums import RetrainingState
from training.models import LessonProgress, RetrainingPlan


@dataclass(frozen=True)
class Reading:
    """Where an officer stands in a lesson after a sign of life.

    Attributes:
        capped: the day's cap is reached, so that more reading counts only tomorrow.
    """

    seconds_read: int
    minutes_credited: int
    lesson_minutes: int
    completed: bool
    capped: bool


def beat(officer: Officer, lesson: LessonPage, *, opening: bool = False, at: datetime | None = None) -> Reading:
    """Take one sign of life of a lesson's page; credit the time since the last, and whole minutes to
    the ledger. A repeat at the same instant credits nothing.

    `opening` is the page's first sign: a pause before it counts for nothing. Completing what a
    programme requires completes the enrolment and admits to its exam, in the same transaction.
    """
    at = at or clock.now()
    with transaction.atomic():
        # The officer's row is the lock: two devices, or two lessons, take turns.
        officer = Officer.objects.select_for_update().get(pk=officer.pk)
        before = LessonProgress.objects.filter(officer=officer).aggregate(at=Max("last_beat_at"))
        progress, _created = LessonProgress.objects.get_or_create(
            officer=officer,
            lesson=lesson,
            defaults={"first_read_at": at, "last_beat_at": before["at"] or at},
        )
        today = hours.credited_on(officer, at)
        left_today = max(0, settings.MINGFA_DAILY_HOURS_CAP_MINUTES - today)
        _count(progress, lesson, since=before["at"], opening=opening, is_capped=not left_today, at=at)
        credited = _credit(officer, progress, lesson, at_most=left_today, at=at)
        progress.save()
        if credited:
            enrolment.complete_ready(officer, lesson, at=at)
        _note_rereading(officer, lesson, at=at)
    return Reading(
        seconds_read=progress.seconds_read,
        minutes_credited=progress.minutes_credited,
        lesson_minutes=lesson.minutes,
        completed=progress.completed_at is not None,
        capped=left_today - credited <= 0,
    )


def _note_rereading(officer: Officer, lesson: LessonPage, *, at: datetime) -> None:
    """Let a retraining plan that asks for this lesson see it; a plan that is ready opens the resit."""
    plans = RetrainingPlan.objects.filter(
        officer=officer,
        state=RetrainingState.OPEN,
        items__lesson=lesson.pk,
        items__reread_at__isnull=True,
    ).distinct()
    for plan in plans:
        if retraining.review(plan, at=at).state == RetrainingState.READY:
            admission.consider_all(officer, at=at)


def _count(
    progress: LessonProgress,
    lesson: LessonPage,
    *,
    since: datetime | None,
    opening: bool,
    is_capped: bool,
    at: datetime,
) -> None:
    """Move the watch on: seconds since the officer's last sign of life, anywhere."""
    gap = max(0, int((at - since).total_seconds())) if since else 0
    allowed = settings.MINGFA_READING_GAP_SECONDS
    is_paused = gap > allowed
    seconds = 0 if is_paused and opening else min(gap, allowed)
    progress.beats += 1
    if not is_capped:
        room = max(0, lesson.minutes * 60 - progress.seconds_read)
        progress.seconds_read += min(seconds, room)
    if since and since > at:
        # A clock was set back, or requests overtook each other: never count a second twice.
        progress.last_beat_at = since
    elif since and not is_paused:
        # Parts of a second stay for the next sign instead of being lost at each.
        progress.last_beat_at = since + timedelta(seconds=gap)
    else:
        progress.last_beat_at = at


def _credit(officer: Officer, progress: LessonProgress, lesson: LessonPage, *, at_most: int, at: datetime) -> int:
    """Append whole minutes not yet in the ledger; return how many."""
    minutes = min(progress.seconds_read // 60 - progress.minutes_credited, at_most)
    if minutes > 0:
        evidence = {"seconds": progress.seconds_read, "beats": progress.beats}
        hours.credit(officer, lesson, minutes, evidence=evidence, at=at)
        progress.minutes_credited += minutes
    if progress.completed_at is None and progress.minutes_credited >= lesson.minutes:
        progress.completed_at = at
    return max(0, minutes)
