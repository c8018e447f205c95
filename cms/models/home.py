from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from cms.models.base import ContentPage


class HomePage(ContentPage):
    """The root of the content tree; whoever opens it lands on her own page instead."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["cms.CourseIndexPage"]

    class Meta:
        db_table = "cms_home_page"
        verbose_name = _("content root")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("/")
