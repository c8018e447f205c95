"""Full-text search over what is published."""

from dataclasses import dataclass

from django.utils.html import strip_tags

from cms.models import CoursePage, LessonPage

# Characters of a query that are looked at; nobody types more, machines do.
LONGEST_QUERY = 100
MOST_HITS = 200
AROUND = 40


@dataclass(frozen=True)
class Hit:
    """A page that the words are found in, with the place in its text."""

    page: CoursePage | LessonPage
    excerpt: str


def find(words: str) -> list[Hit]:
    """Return published courses and lessons that hold all the words, best first, courses before."""
    query = " ".join(words.replace("\0", " ")[:LONGEST_QUERY].split())
    if not query:
        return []
    courses = CoursePage.objects.live().search(query)[:MOST_HITS]
    lessons = LessonPage.objects.live().search(query)[:MOST_HITS]
    return [Hit(course, course.summary) for course in courses] + [
        Hit(lesson, _excerpt(_text(lesson), query)) for lesson in lessons if _is_reachable(lesson)
    ]


def _is_reachable(lesson: LessonPage) -> bool:
    return bool(lesson.get_parent().live)


def _text(lesson: LessonPage) -> str:
    return " ".join(strip_tags(str(text)) for text in lesson.body_text())


def _excerpt(text: str, query: str) -> str:
    """Return the text around the first of the words; its beginning when none stands there as such."""
    places = [place for word in query.split() if (place := text.find(word)) >= 0]
    start = max(0, min(places, default=0) - AROUND)
    cut = text[start : start + 3 * AROUND]
    return ("…" if start else "") + cut + ("…" if start + 3 * AROUND < len(text) else "")
