from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks.body import LessonBody
from cms.fields import BlockStreamField
from cms.models.base import ContentPage
from common import clock, constraints
from personnel.enums import Tier
from personnel.models import EnforcementField
from statutes.models import Article
from statutes.queries import in_force


class ShelfPermissions(PagePermissionTester):
    """What editors may do to the catalogue: it carries every course, so nobody takes it offline."""

    def can_unpublish(self) -> bool:
        return False


class CourseIndexPage(ContentPage):
    """The shelf that courses stand on."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.CoursePage"]
    template = "cms/course_index.html"

    class Meta:
        db_table = "cms_course_index_page"
        verbose_name = _("course catalogue")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what the person may do to the catalogue in the editor."""
        return ShelfPermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the published courses, narrowed by ?tier= and ?field= where these name something."""
        context = super().get_context(request, *args, **kwargs)
        tier = request.GET.get("tier", "")
        field = request.GET.get("field", "")
        courses = CoursePage.objects.live().child_of(self).select_related("field").order_by("path")
        offered = list(courses)
        shown = [
            course
            for course in offered
            if tier in ("", course.tier) and field in ("", course.field.code if course.field else "")
        ]
        _count_lessons(shown)
        context.update(
            {
                "courses": shown,
                "tiers": [(value, label) for value, label in Tier.choices],
                "fields": EnforcementField.objects.filter(courses__in=offered).distinct(),
                "tier": tier,
                "field": field,
            }
        )
        return context


class CoursePage(ContentPage):
    """A course for a tier and a field; its lessons are its child pages, in their order."""

    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices, default=Tier.IN_POST)
    field = models.ForeignKey(
        EnforcementField,
        on_delete=models.PROTECT,
        related_name="courses",
        verbose_name=_("field"),
        null=True,
    )
    summary = models.TextField(_("summary"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = ["cms.LessonPage"]
    template = "cms/course.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("tier"),
        FieldPanel("field"),
        FieldPanel("summary"),
    ]

    class Meta:
        db_table = "cms_course_page"
        verbose_name = _("course")
        constraints = [constraints.valid_choice("tier", Tier, name="cms_course_tier_valid")]

    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("summary")]

    @property
    def lessons(self) -> PageQuerySet:
        """Return the published lessons in their order."""
        return LessonPage.objects.live().child_of(self).order_by("path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the published lessons and the minutes they come to."""
        context = super().get_context(request, *args, **kwargs)
        lessons = list(self.lessons.defer_streamfields())
        context.update(
            {
                "lessons": lessons,
                "minutes": sum(lesson.minutes for lesson in lessons),
                "trail": [(_("Courses"), self.get_parent().get_url(request)), (self.title, None)],
            }
        )
        return context


class LessonPage(ContentPage):
    """A lesson: a stream of blocks, with the minutes of learning it counts for."""

    # Learning credited for the whole lesson, and also what the server must have seen being read.
    minutes = models.PositiveIntegerField(_("minutes of learning"), default=15)
    body = BlockStreamField(LessonBody(), blank=True, verbose_name=_("content"))

    parent_page_types: ClassVar[list[str]] = ["cms.CoursePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/lesson.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("minutes"),
        FieldPanel("body"),
    ]

    class Meta:
        db_table = "cms_lesson_page"
        verbose_name = _("lesson")
        constraints = [constraints.at_least("minutes", 1, name="cms_lesson_minutes")]

    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("body")]

    def body_text(self) -> list[str]:
        """Return the words of the body, block by block, as search reads them."""
        return list(self.body.stream_block.get_searchable_content(self.body))

    @property
    def cited_articles(self) -> list[Article]:
        """Return the articles that its article blocks cite, each once, in the order of the text."""
        found = {
            block.value.pk: block.value
            for block in self.body
            if block.block_type == "article" and block.value is not None
        }
        return list(found.values())

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 while the course itself is not published."""
        course = self.get_parent()
        if not course.live:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the course, the neighbours, and the wording in force today of what is cited."""
        context = super().get_context(request, *args, **kwargs)
        course = self.get_parent().specific
        lessons = list(course.lessons.defer_streamfields())
        place = next((n for n, lesson in enumerate(lessons) if lesson.pk == self.pk), None)
        cited = self.cited_articles
        wordings = in_force.wordings(cited, clock.today()) if cited else {}
        context.update(
            {
                "course": course,
                "lessons": lessons,
                "place": None if place is None else place + 1,
                "previous": lessons[place - 1] if place else None,
                "next": None if place is None else next(iter(lessons[place + 1 :]), None),
                "wordings": wordings,
                "cited": [(article, wordings.get(article.pk)) for article in cited],
                "trail": [
                    (_("Courses"), course.get_parent().get_url(request)),
                    (course.title, course.get_url(request)),
                    (self.title, None),
                ],
            }
        )
        return context


def _count_lessons(courses: list[CoursePage]) -> None:
    """Set `lesson_count` and `minutes` on courses, by one query over their published lessons."""
    by_path = {course.path: course for course in courses}
    for course in courses:
        course.lesson_count = course.minutes = 0
    for path, minutes in LessonPage.objects.live().values_list("path", "minutes"):
        parent = by_path.get(path[: -Page.steplen])
        if parent is not None:
            parent.lesson_count += 1
            parent.minutes += minutes
