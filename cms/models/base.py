from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class ContentPage(Page):
    """A page for officers: the others are sent to the login, whatever its privacy setting."""

    promote_panels: ClassVar[list[Any]] = [MultiFieldPanel([FieldPanel("slug")], heading=_("Address of the page"))]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer officers only. Drafts never get here: Wagtail routes to live pages alone."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().serve(request, *args, **kwargs)
