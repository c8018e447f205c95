from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.blocks.body import LessonBody
from cms.fields import BlockStreamField
from common import constraints
from personnel.enums import Tier
from personnel.models import EnforcementField


class CourseIndexPage(Page):
    """The shelf that courses stand on."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.CoursePage"]

    class Meta:
        db_table = "cms_course_index_page"


class CoursePage(Page):
    """A course for a tier and a field; its lessons are its child pages, in their order."""

    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices, default=Tier.IN_POST)
    field = models.ForeignKey(
        EnforcementField, on_delete=models.PROTECT, related_name="courses", verbose_name=_("field"), null=True
    )
    summary = models.TextField(_("summary"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = ["cms.LessonPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("tier"),
        FieldPanel("field"),
        FieldPanel("summary"),
    ]

    class Meta:
        db_table = "cms_course_page"
        constraints = [constraints.valid_choice("tier", Tier, name="cms_course_tier_valid")]


class LessonPage(Page):
    """A lesson: a stream of blocks, with the minutes of learning it counts for."""

    # Learning credited for the whole lesson, and also what the server must have seen being read.
    minutes = models.PositiveIntegerField(_("minutes of learning"), default=15)
    body = BlockStreamField(LessonBody(), blank=True, verbose_name=_("content"))

    parent_page_types: ClassVar[list[str]] = ["cms.CoursePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*Page.content_panels, FieldPanel("minutes"), FieldPanel("body")]

    class Meta:
        db_table = "cms_lesson_page"
        constraints = [constraints.at_least("minutes", 1, name="cms_lesson_minutes")]
