"""Markdown for trainers who write plain text: rendered, then cleaned; no script survives."""

from typing import Any

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown import markdown
from wagtail import blocks

TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "hr", "li",
    "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}


def render(text: str) -> SafeString:
    """Return the text as clean HTML: headings, lists, tables, links; no script, style or image."""
    html = markdown(text, extensions=["extra", "sane_lists"], output_format="html")
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)  # noqa: S308  (nh3 has just cleaned it)


class MarkdownBlock(blocks.TextBlock):
    """Text written in Markdown."""

    class Meta:
        icon = "code"
        label = _("Markdown")
        template = "cms/blocks/markdown.html"

    def get_searchable_content(self, value: str) -> list[str]:
        """Return the words without the signs of Markdown."""
        return [strip_tags(render(value))]

    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the cleaned HTML."""
        context = super().get_context(value, parent_context=parent_context)
        context["html"] = render(value)
        return context
