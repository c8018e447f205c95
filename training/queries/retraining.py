"""Retraining plans as officers and others read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from cms.models import LessonPage
from common import clock
from exams.models import Exam
from personnel.models import Officer
from question_banks.models import KnowledgePoint
from training.enums import RetrainingState
from training.models import LessonProgress, RetrainingItem, RetrainingPlan

# Signs of life of a lesson's page that count as having read it again: the opening and some more.
REREAD_BEATS = 4


@dataclass(frozen=True)
class LessonToRead:
    """A lesson of a plan and whether it was read again since the plan was made."""

    lesson: LessonPage
    reread_at: datetime | None


@dataclass(frozen=True)
class Gap:
    """A weak knowledge point with the lessons that teach it; without any, the gap is shown."""

    point: KnowledgePoint
    lessons: list[LessonToRead]


@dataclass(frozen=True)
class Standing:
    """Where a plan stands on a day."""

    gaps: list[Gap]
    resit_opens_on: date
    day: date

    @property
    def lessons(self) -> list[LessonToRead]:
        """Return each lesson once, in reading order."""
        return list({row.lesson.pk: row for gap in self.gaps for row in gap.lessons}.values())

    @property
    def read_count(self) -> int:
        return sum(1 for row in self.lessons if row.reread_at)

    @property
    def has_read_all(self) -> bool:
        return self.read_count == len(self.lessons)

    @property
    def is_waiting_over(self) -> bool:
        return self.day >= self.resit_opens_on

    @property
    def may_resit(self) -> bool:
        return self.has_read_all and self.is_waiting_over


def visible_to(officer: Officer) -> QuerySet[RetrainingPlan]:
    """Return one's own plans."""
    return RetrainingPlan.objects.filter(officer=officer).select_related("result__exam__scheme")


def unfinished(officer: Officer, exam: Exam) -> RetrainingPlan | None:
    """Return the plan that must be ready before the officer is admitted to this exam again."""
    plans = RetrainingPlan.objects.filter(officer=officer, result__exam__scheme=exam.scheme_id)
    return plans.filter(state=RetrainingState.OPEN).order_by("-pk").first()


def reread_since(plan: RetrainingPlan, items: Iterable[RetrainingItem]) -> dict[int, datetime]:
    """Return item key → when its lesson was last open, for lessons read again since the plan.

    Read again means open long enough for `REREAD_BEATS` signs of life; one glance is not enough.
    """
    items = list(items)
    lessons = {item.lesson_id for item in items if item.lesson_id}
    progress = LessonProgress.objects.filter(
        officer=plan.officer_id, lesson__in=lessons, last_beat_at__gt=plan.created_at
    )
    beats = {row.lesson_id: (row.beats, row.last_beat_at) for row in progress}
    found: dict[int, datetime] = {}
    for item in items:
        count, last = beats.get(item.lesson_id or 0, (0, plan.created_at))
        if count >= item.beats_before + REREAD_BEATS:
            found[item.pk] = last
    return found


def standing(plan: RetrainingPlan) -> Standing:
    """Return a plan's standing today from progress as it is, also between two reviews."""
    items = list(RetrainingItem.objects.filter(plan=plan).select_related("knowledge_point", "lesson").order_by("pk"))
    read_at = reread_since(plan, items)
    gaps: dict[int, Gap] = {}
    for item in items:
        gap = gaps.setdefault(item.knowledge_point_id, Gap(item.knowledge_point, []))
        if item.lesson:
            reread = item.reread_at or read_at.get(item.pk)
            gap.lessons.append(LessonToRead(item.lesson, reread))
    return Standing(list(gaps.values()), plan.resit_opens_on, clock.today())
