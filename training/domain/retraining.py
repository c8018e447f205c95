"""Retraining 针对性再培训: what a failed exam showed to be weak, the lessons that teach it, and the
day of the resit. A plan ends when a later exam of the same scheme is passed; there is no silent
end.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy as _

from common import audit, clock
from common.scores import as_score
from common.transitions import TransitionTable
from exams.models import Result
from question_banks.models import KnowledgePoint, LessonKnowledge
from training.domain import admission
from training.enums import RetrainingState
from training.models import LessonProgress, RetrainingItem, RetrainingPlan
from training.queries.retraining import reread_since

RETRAINING = TransitionTable(
    name="retraining",
    states=RetrainingState,
    moves={
        RetrainingState.OPEN: {
            RetrainingState.READY: _("lessons read again and waiting time over"),
            RetrainingState.CLOSED: _("passed, or replaced by a newer plan"),
        },
        RetrainingState.READY: {
            RetrainingState.CLOSED: _("passed, or replaced by a newer plan"),
        },
        RetrainingState.CLOSED: {},
    },
)


@dataclass(frozen=True)
class PointResult:
    """How one knowledge point went: marks of full marks."""

    code: str
    name: str
    marks: Decimal
    full: Decimal

    @property
    def percent(self) -> int:
        """Return the share in whole percent, rounded down so that 59.9 stays below 60."""
        return int(self.marks * 100 / self.full) if self.full else 100


def read_profile(profile: Iterable[dict[str, Any]]) -> list[PointResult]:
    """Return a result's profile as values, weakest first."""
    points = [PointResult(row["code"], row["name"], as_score(row["marks"]), as_score(row["full"])) for row in profile]
    return sorted(points, key=lambda point: (point.percent, point.code))


def weak_points(profile: Iterable[dict[str, Any]], *, below_percent: int) -> list[PointResult]:
    """Return the points below the share, weakest first; when none is, the weakest alone, because a
    failed exam always leaves something to learn.
    """
    points = [point for point in read_profile(profile) if point.full]
    return [point for point in points if point.percent < below_percent] or points[:1]


def open_plan(result: Result, *, at: datetime) -> RetrainingPlan | None:
    """Make the plan that follows a released failure; return the standing one when there is one, and
    None when a later exam of the scheme was passed already.

    Older plans of the scheme are closed: the newest failure tells best what is weak.
    """
    standing = RetrainingPlan.objects.filter(result=result).first()
    if standing:
        return standing
    if result.released_at is None or _passed_later(result):
        return None
    with transaction.atomic():
        close_plans(result, at=at, reason=gettext("A newer result replaces this plan."))
        scheme = result.exam.scheme
        plan = RetrainingPlan.objects.create(
            officer=result.officer,
            result=result,
            resit_opens_on=clock.local_day(result.released_at) + timedelta(days=scheme.resit_wait_days),
            created_at=at,
        )
        weak = weak_points(result.profile, below_percent=scheme.weak_below_percent)
        RetrainingItem.objects.bulk_create(_items(plan, weak))
        audit.record(
            "training.retraining_opened",
            by=None,
            at=at,
            subject=f"retraining:{plan.code}",
            detail={"officer": result.officer.service_no, "weak": [point.code for point in weak]},
        )
    return plan


def close_plans(result: Result, *, at: datetime, reason: str) -> int:
    """Close the officer's unfinished plans that an exam of the same scheme left; return how many."""
    plans = RetrainingPlan.objects.filter(officer=result.officer, result__exam__scheme=result.exam.scheme).exclude(
        state=RetrainingState.CLOSED
    )
    plans = plans.exclude(result=result).order_by("pk")
    for plan in plans:
        RETRAINING.move(plan, RetrainingState.CLOSED, by=None, at=at, reason=reason)
    return len(plans)


def review(plan: RetrainingPlan, *, at: datetime) -> RetrainingPlan:
    """Note lessons read again since the plan was made; when all are and the day has come, the plan
    becomes ready, and whoever waits for an exam of the scheme is considered for admission.

    May run any number of times, also at once from a lesson's page and from the clock. Returns the
    plan as it is now.
    """
    with transaction.atomic():
        locked = RetrainingPlan.objects.select_for_update(of=("self",)).select_related("officer").get(pk=plan.pk)
        if locked.state != RetrainingState.OPEN:
            return locked
        items = list(locked.items.filter(lesson__isnull=False))
        read_at = reread_since(locked, items)
        fresh = [item for item in items if item.reread_at is None and item.pk in read_at]
        for item in fresh:
            item.reread_at = read_at[item.pk]
        RetrainingItem.objects.bulk_update(fresh, ["reread_at"])
        is_read = all(item.reread_at for item in items)
        if is_read and clock.local_day(at) >= locked.resit_opens_on:
            RETRAINING.move(locked, RetrainingState.READY, by=None, at=at)
            admission.consider_all(locked.officer, at=at)
    return locked


def review_all(*, at: datetime) -> int:
    """Review every open plan; return how many became ready."""
    plans = RetrainingPlan.objects.filter(state=RetrainingState.OPEN).select_related("officer")
    return sum(review(plan, at=at).state == RetrainingState.READY for plan in plans.order_by("pk"))


def _passed_later(result: Result) -> bool:
    return Result.objects.filter(
        officer=result.officer,
        exam__scheme=result.exam.scheme,
        has_passed=True,
        released_at__gt=result.released_at,
    ).exists()


def _items(plan: RetrainingPlan, weak: list[PointResult]) -> list[RetrainingItem]:
    points = KnowledgePoint.objects.filter(code__in=[point.code for point in weak])
    by_code = {point.code: point for point in points}
    lessons = _lessons_for(list(by_code.values()))
    items: list[RetrainingItem] = []
    beats = dict(
        LessonProgress.objects.filter(
            officer=plan.officer, lesson__in={pk for pks in lessons.values() for pk in pks}
        ).values_list("lesson_id", "beats")
    )
    for point in weak:
        known = by_code.get(point.code)
        if known is None:
            continue
        taught: list[int | None] = [*lessons.get(known.path, [])] or [None]
        # A point that nothing teaches is an item without lesson: officer and trainer see the gap.
        items += [
            RetrainingItem(
                plan=plan,
                knowledge_point=known,
                lesson_id=lesson,
                beats_before=beats.get(lesson or 0, 0),
            )
            for lesson in taught
        ]
    return items


def _lessons_for(points: list[KnowledgePoint]) -> dict[str, list[int]]:
    """Return path of the point → its live lessons; without any, those of the nearest point above."""
    step = KnowledgePoint.steplen
    lines = {point.path: [point.path[:end] for end in range(len(point.path), 0, -step)] for point in points}
    links = (
        LessonKnowledge.objects.filter(
            knowledge_point__path__in={path for line in lines.values() for path in line},
            lesson__live=True,
        )
        .order_by("lesson__path")
        .values_list("knowledge_point__path", "lesson_id")
    )
    taught: dict[str, list[int]] = defaultdict(list)
    for path, lesson in links:
        taught[path].append(lesson)
    return {own: next((taught[path] for path in line if path in taught), []) for own, line in lines.items()}
