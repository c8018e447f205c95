"""A page that somebody learned from is history: it is taken offline, not deleted."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from training.models import LessonProgress, ProgrammeCourse, RetrainingItem


def is_in_use(page: Page) -> bool:
    """Return whether hours, programmes or retraining plans refer to the page or one below it."""
    inside = LessonProgress.objects.filter(lesson__path__startswith=page.path)
    named = ProgrammeCourse.objects.filter(course__path__startswith=page.path)
    weak = RetrainingItem.objects.filter(lesson__path__startswith=page.path)
    return inside.exists() or named.exists() or weak.exists()


@hooks.register("before_delete_page")  # type: ignore[untyped-decorator]
def refuse_to_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page])


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def refuse_to_delete_many(
    request: HttpRequest, action_type: str, objects: Iterable[object], _action: object
) -> HttpResponse | None:
    if action_type != "delete":
        return None
    return _refuse(request, [page for page in objects if isinstance(page, Page)])


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    used = next((page for page in pages if is_in_use(page)), None)
    if used is None:
        return None
    messages.error(
        request,
        _(
            "Officers have learned from “%(title)s”, or a programme names it, so it cannot be "
            "deleted. Unpublish it instead: nobody sees it any more, and the hours stay."
        )
        % {"title": used.title},
    )
    return redirect("wagtailadmin_explore", used.get_parent().pk)
