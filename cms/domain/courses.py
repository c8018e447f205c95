"""Courses and lessons made by program: published pages as a trainer makes them in the editor."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import CoursePage, LessonPage
from cms.queries import courses as queries
from common import audit, clock
from common.codes import new_code
from common.errors import BadInput
from personnel.enums import Tier
from personnel.models import EnforcementField, Officer

# Values of a structured block are dicts; of a chooser, the object's key; of the others, text.
Block = tuple[str, Any]
AnyPage = TypeVar("AnyPage", bound=Page)


def create_course(
    *, title: str, tier: Tier | str, field: EnforcementField, summary: str = "", by: Officer | None
) -> CoursePage:
    """Publish a new course at the end of the catalogue."""
    course = CoursePage(title=title, tier=tier, field=field, summary=summary, owner=by)
    with transaction.atomic():
        return _publish(queries.catalogue(), course, by=by)


def create_lesson(
    course: CoursePage, *, title: str, minutes: int, blocks: Sequence[Block], by: Officer | None
) -> LessonPage:
    """Publish a new lesson at the end of a course.

    Each block is its name (`text`, `article`, `note`, `markdown`, `image`, `attachment`) and its
    raw value: HTML for text, an article or its key for article, a dict for note (title, text),
    image (image, alternative, caption) and attachment (document, description).

    Raises:
        BadInput: less than one minute, or a block that lessons do not have.
    """
    if minutes < 1:
        raise BadInput(_("A lesson counts for at least one minute. Enter its minutes."), field="minutes")
    raw = [_raw(name, value) for name, value in blocks]
    lesson = LessonPage(title=title, minutes=minutes, owner=by)
    lesson.body = lesson.body.stream_block.to_python(raw)
    with transaction.atomic():
        return _publish(CoursePage.objects.get(pk=course.pk), lesson, by=by)


def _raw(name: str, value: Any) -> dict[str, Any]:
    known = LessonPage._meta.get_field("body").stream_block.child_blocks
    if name not in known:
        raise BadInput(
            _("Lessons have no block “%(name)s”; there are %(known)s.") % {"name": name, "known": ", ".join(known)},
            field="blocks",
        )
    return {"type": name, "value": getattr(value, "pk", value)}


def _publish(parent: Page, page: AnyPage, *, by: Officer | None) -> AnyPage:
    at = clock.now()
    taken = set(parent.get_children().values_list("slug", flat=True))
    slug = slugify(page.title, allow_unicode=True)[:60]
    page.slug = slug if slug and slug not in taken else f"{slug}-{new_code(6).lower()}".strip("-")
    page.show_in_menus = False
    parent.add_child(instance=page)
    page.save_revision(user=by, clean=False).publish(user=by)
    page.refresh_from_db()
    audit.record("cms.page_published", by=by, at=at, subject=f"page:{page.pk}", detail={"title": page.title})
    return page
