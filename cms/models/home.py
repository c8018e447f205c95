from typing import ClassVar

from wagtail.models import Page


class HomePage(Page):
    """The root of the content tree. Officers land on their own page instead; this one only holds the others."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["cms.CourseIndexPage"]

    class Meta:
        db_table = "cms_home_page"
