"""Making programmes: the courses of a year for a tier, their minutes, and the exam they open."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cms.models import CoursePage
from cms.queries import courses as content
from common import audit, clock
from common.errors import BadInput
from exams.models import Exam
from personnel.enums import Tier
from personnel.models import EnforcementField, Officer, Unit
from training.models import Programme, ProgrammeCourse


def create(
    *,
    title: str,
    year: int,
    tier: Tier | str,
    unit: Unit,
    courses: Sequence[CoursePage],
    required_minutes: int,
    field: EnforcementField | None = None,
    exam: Exam | None = None,
    due_on: date | None = None,
    by: Officer | None,
) -> Programme:
    """Make a programme of courses, in the order given; learning the minutes admits to the exam.

    Raises:
        BadInput: no course, no minutes, or more minutes than the published lessons offer.
    """
    at = clock.now()
    if not courses:
        raise BadInput(_("Choose at least one course for the programme."), field="courses")
    offered = sum(lesson.minutes for lesson in content.lessons_of(courses))
    if not 1 <= required_minutes <= offered:
        raise BadInput(
            _(
                "These courses offer %(offered)s minutes of learning; require between 1 and "
                "%(offered)s, not %(required)s."
            )
            % {"offered": offered, "required": required_minutes},
            code="unreachable_minutes",
            field="required_minutes",
        )
    with transaction.atomic():
        programme = Programme.objects.create(
            title=title,
            year=year,
            tier=tier,
            field=field,
            unit=unit,
            required_minutes=required_minutes,
            exam=exam,
            due_on=due_on,
            created_at=at,
        )
        ProgrammeCourse.objects.bulk_create(
            [ProgrammeCourse(programme=programme, course=course, order=place) for place, course in enumerate(courses)]
        )
        audit.record(
            "training.programme_created",
            by=by,
            at=at,
            subject=f"programme:{programme.code}",
            detail={"title": title, "courses": [course.title for course in courses]},
        )
    return programme
