"""What an officer learns: programmes, courses and lessons with how far she is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.db.models import QuerySet, Sum

from cms.models import CoursePage, LessonPage
from cms.queries import courses as content
from personnel.models import Officer
from training.enums import EnrolmentState
from training.models import Enrolment, HoursEntry, LessonProgress, Programme, ProgrammeCourse


class Mark(Enum):
    """How far an officer is in a lesson."""

    DONE = "done"
    BEGUN = "begun"
    NEW = "new"


@dataclass(frozen=True)
class LessonLine:
    """A lesson with the minutes credited for it."""

    lesson: LessonPage
    minutes_credited: int
    mark: Mark

    @property
    def is_done(self) -> bool:
        return self.mark is Mark.DONE


@dataclass(frozen=True)
class CourseLine:
    """A course of a programme with its published lessons."""

    course: CoursePage
    is_required: bool
    lessons: list[LessonLine]

    @property
    def minutes(self) -> int:
        return sum(line.lesson.minutes for line in self.lessons)

    @property
    def minutes_credited(self) -> int:
        return sum(line.minutes_credited for line in self.lessons)

    @property
    def done_count(self) -> int:
        return sum(line.is_done for line in self.lessons)


@dataclass(frozen=True)
class Study:
    """An enrolment and everything that is learned for it.

    Attributes:
        minutes_credited: of all lessons of its courses, also of those taken offline since.
    """

    enrolment: Enrolment
    minutes_credited: int
    courses: list[CourseLine] = field(default_factory=list)

    @property
    def programme(self) -> Programme:
        return self.enrolment.programme

    @property
    def state(self) -> EnrolmentState:
        return EnrolmentState(self.enrolment.state)

    @property
    def is_completed(self) -> bool:
        return self.enrolment.state == EnrolmentState.COMPLETED

    @property
    def minutes_left(self) -> int:
        return max(0, self.programme.required_minutes - self.minutes_credited)

    @property
    def next_lesson(self) -> LessonPage | None:
        """Return the first lesson not done: of required courses first, then of the others."""
        lines = sorted(self.courses, key=lambda course: not course.is_required)
        return next((line.lesson for course in lines for line in course.lessons if not line.is_done), None)


@dataclass(frozen=True)
class DayOfHours:
    """The minutes of one lesson that count for one day, and the evidence of the last entry."""

    day: date
    title: str
    minutes: int
    entries: int
    seconds: int
    beats: int


def visible_to(officer: Officer) -> QuerySet[Programme]:
    """Return the programmes the officer is on."""
    mine = Enrolment.objects.filter(officer=officer).exclude(state=EnrolmentState.WITHDRAWN)
    return Programme.objects.filter(pk__in=mine.values("programme"))


def studies(officer: Officer, programme: Programme | None = None) -> list[Study]:
    """Return what the officer is on, unfinished and soonest due first. Four queries, always."""
    enrolments = (
        Enrolment.objects.filter(officer=officer)
        .exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("programme__exam")
    )
    if programme is not None:
        enrolments = enrolments.filter(programme=programme)
    rows = sorted(enrolments, key=_urgency)
    places = list(
        ProgrammeCourse.objects.filter(programme__in=[row.programme_id for row in rows])
        .select_related("course")
        .order_by("order", "pk")
    )
    lessons = list(content.lessons_of({place.course for place in places}))
    progress = list(LessonProgress.objects.filter(officer=officer).select_related("lesson"))
    return [_study(row, [p for p in places if p.programme_id == row.programme_id], lessons, progress) for row in rows]


def lesson_lines(officer: Officer, lessons: Iterable[LessonPage]) -> list[LessonLine]:
    """Return lessons with the officer's progress, in the order given."""
    lessons = list(lessons)
    progress = LessonProgress.objects.filter(officer=officer, lesson__in=lessons)
    return _lines(lessons, {row.lesson_id: row for row in progress})


def progress_of(officer: Officer, lesson: LessonPage) -> LessonProgress | None:
    """Return how far the officer is in a lesson; None when she never opened it."""
    return LessonProgress.objects.filter(officer=officer, lesson=lesson).first()


def hours_by_day(officer: Officer, *, limit: int = 200) -> list[DayOfHours]:
    """Return the officer's ledger folded by day and lesson, newest first."""
    found: dict[tuple[date, int | None], DayOfHours] = {}
    entries = (
        HoursEntry.objects.filter(officer=officer)
        .select_related("lesson")
        .only("day", "minutes", "evidence", "lesson__title")
        .order_by("-link")
    )
    for entry in entries.iterator(chunk_size=500):
        key = (entry.day, entry.lesson_id)
        if key not in found and len(found) >= limit:
            break
        before = found.get(key)
        found[key] = DayOfHours(
            day=entry.day,
            title=entry.lesson.title if entry.lesson else "",
            minutes=entry.minutes + (before.minutes if before else 0),
            entries=1 + (before.entries if before else 0),
            seconds=before.seconds if before else entry.evidence.get("seconds", 0),
            beats=before.beats if before else entry.evidence.get("beats", 0),
        )
    return list(found.values())


def minutes_in_year(officer: Officer, year: int) -> int:
    """Return the minutes in the officer's ledger for a calendar year."""
    entries = HoursEntry.objects.filter(officer=officer, day__gte=date(year, 1, 1), day__lt=date(year + 1, 1, 1))
    return entries.aggregate(minutes=Sum("minutes"))["minutes"] or 0


def _urgency(row: Enrolment) -> tuple[bool, date, int]:
    return (
        row.state != EnrolmentState.ACTIVE,
        row.programme.due_on or date.max,
        -row.programme.year,
    )


def _study(
    row: Enrolment,
    places: list[ProgrammeCourse],
    lessons: list[LessonPage],
    progress: list[LessonProgress],
) -> Study:
    by_lesson = {item.lesson_id: item for item in progress}
    courses = [
        CourseLine(
            place.course,
            place.is_required,
            _lines([lesson for lesson in lessons if _is_in(lesson, place.course)], by_lesson),
        )
        for place in places
    ]
    credited = sum(
        item.minutes_credited for item in progress if any(_is_in(item.lesson, place.course) for place in places)
    )
    return Study(row, credited, courses)


def _is_in(lesson: LessonPage, course: CoursePage) -> bool:
    return bool(lesson.path.startswith(course.path))


def _lines(lessons: Iterable[LessonPage], progress: dict[int, LessonProgress]) -> list[LessonLine]:
    lines = []
    for lesson in lessons:
        row = progress.get(lesson.pk)
        mark = Mark.NEW
        if row is not None:
            mark = Mark.DONE if row.completed_at else Mark.BEGUN
        lines.append(LessonLine(lesson, row.minutes_credited if row else 0, mark))
    return lines
