"""Published courses and lessons, as the parts above read them."""

from collections.abc import Iterable

from django.db.models import Q
from wagtail.query import PageQuerySet

from cms.models import CourseIndexPage, CoursePage, LessonPage


def catalogue() -> CourseIndexPage:
    """Return the page that courses stand under; a migration made it."""
    return CourseIndexPage.objects.get()


def lessons_of(courses: Iterable[CoursePage], *, only_live: bool = True) -> PageQuerySet:
    """Return the lessons of courses in the tree's order, without bodies: the published ones of
    published courses, or all, for what was learned before something was taken offline.
    """
    inside = Q(pk__in=[])
    for course in courses:
        if course.live or not only_live:
            inside |= Q(path__startswith=course.path, depth=course.depth + 1)
    lessons = LessonPage.objects.filter(inside).order_by("path").defer_streamfields()
    return lessons.live() if only_live else lessons
