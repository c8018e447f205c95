"""What training adds to the pages of cms: the officer's progress on courses and lessons.

cms cannot know of it, so its templates include `cms/lesson_reading.html` and
`cms/course_lessons.html`, which training overrides (it stands before cms in INSTALLED_APPS).
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse

from cms.models import LessonPage
from personnel.models import Officer
from training.queries import study

register = template.Library()


@register.inclusion_tag("training/parts/reading.html", takes_context=True)
def lesson_reading(context: template.Context, lesson: LessonPage) -> dict[str, Any]:
    """Render how much of the lesson is credited, and start counting; a preview counts nothing."""
    request = context["request"]
    officer = request.user
    if getattr(request, "is_preview", False) or not isinstance(officer, Officer):
        return {"lesson": None}
    progress = study.progress_of(officer, lesson)
    return {
        "lesson": lesson,
        "minutes_credited": progress.minutes_credited if progress else 0,
        "is_done": bool(progress and progress.completed_at),
        "url": reverse("training:lesson_beat", args=[lesson.pk]),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("training/parts/lesson_lines.html", takes_context=True)
def lesson_lines(context: template.Context, lessons: Sequence[LessonPage]) -> dict[str, Any]:
    """Render a course's lessons with the officer's marks."""
    officer = context["request"].user
    lines = study.lesson_lines(officer, lessons) if isinstance(officer, Officer) else []
    return {
        "lines": lines,
        "minutes": sum(lesson.minutes for lesson in lessons),
        "minutes_credited": sum(line.minutes_credited for line in lines),
        "done_count": sum(line.is_done for line in lines),
        "has_progress": True,
    }
