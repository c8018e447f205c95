"""The parts every page is built from. Each tag renders `common/ui/<name>.html` and refuses what it does not know.

The tags are builtins: no `{% load %}`. The gallery at `/ui/` shows each of them in every state.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.db.models import TextChoices
from django.forms import BaseForm, BoundField, CheckboxInput
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

register = template.Library()

Text = str | Promise
Number = int | float

BUTTON_KINDS = ("primary", "secondary", "danger", "plain")
BUTTON_TYPES = ("submit", "button", "reset")
# Attributes a button may carry beside its own. `data_`, `aria_` and `hx_` names are free after the prefix.
BUTTON_ATTRIBUTES = ("id", "form", "formaction", "formnovalidate", "title", "target", "download", "rel")
FREE_PREFIXES = ("data_", "aria_", "hx_")
# Each tone has its own shape, so that a state is never told by colour alone.
TONE_ICONS = {
    "neutral": "tone-neutral",
    "info": "tone-info",
    "success": "tone-success",
    "warning": "tone-warning",
    "danger": "tone-danger",
    "final": "tone-final",
}
NOTE_ICONS = {"info": "info", "success": "check-circle", "warning": "warning", "error": "cross-circle"}
# Django's own sentences beside a field, said better in our catalogues, which go before Django's.
FIELD_SENTENCES = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid time."),
    gettext_noop("Enter a valid date/time."),
    gettext_noop("Enter a valid value."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("The submitted file is empty."),
)
STEP_STATES = ("done", "current", "todo", "blocked")
# The symbols drawn in `common/static/common/img/icons.svg`.
ICONS = (
    *TONE_ICONS.values(),
    *NOTE_ICONS.values(),
    "arrow-left", "arrow-right", "bell", "book", "calendar", "chart", "check", "chevron-down", "clock",
    "cross", "document", "download", "edit", "eye", "external", "filter", "globe", "home", "link", "list",
    "lock", "logout", "menu", "moon", "plus", "print", "refresh", "save", "scales", "seal", "search", "sun",
    "trash", "upload", "user", "users",
)  # fmt: skip


def _one_of(value: str, known: Iterable[str], what: str) -> str:
    """Return `value`.

    Raises:
        TypeError: it is not among `known`.
    """
    if value not in known:
        raise TypeError(f"Unknown {what} {value!r}; known are: {', '.join(known)}.")
    return value


def _html_attributes(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return tag arguments under their HTML names (`hx_get` becomes `hx-get`), empty ones left out.

    Raises:
        TypeError: an attribute that a component does not take.
    """
    for name in attributes:
        if name not in BUTTON_ATTRIBUTES and not name.startswith(FREE_PREFIXES):
            raise TypeError(f"Unknown attribute {name!r}.")
    return {name.replace("_", "-"): value for name, value in attributes.items() if value not in (None, False, "")}


@register.inclusion_tag("common/ui/icon.html")
def ui_icon(name: str) -> dict[str, Any]:
    """Draw a symbol of the sprite, hidden from screen readers: the word stands beside it."""
    return {"name": _one_of(name, ICONS, "icon")}


@register.inclusion_tag("common/ui/button.html")
def ui_button(
    label: Text,
    href: str | None = None,
    kind: str = "primary",
    type: str = "submit",  # noqa: A002  (the HTML attribute it becomes)
    name: str | None = None,
    value: Any = None,
    icon: str | None = None,
    disabled_reason: Text | None = None,
    **attributes: Any,
) -> dict[str, Any]:
    """Render a button, or a link that looks like one when `href` is given.

    With `disabled_reason` the button stays in place, does nothing, and says why; it can still be reached by keyboard.

    Raises:
        TypeError: unknown kind, type, icon or attribute.
    """
    return {
        "label": label,
        "href": href,
        "kind": _one_of(kind, BUTTON_KINDS, "kind of button"),
        "type": _one_of(type, BUTTON_TYPES, "type of button"),
        "name": name,
        "value": value,
        "icon": icon and _one_of(icon, ICONS, "icon"),
        "disabled_reason": disabled_reason,
        "reason_id": f"reason-{secrets.token_hex(4)}" if disabled_reason else "",
        "attributes": _html_attributes(attributes),
    }


@register.inclusion_tag("common/ui/badge.html")
def ui_badge(member_or_label: TextChoices | Text, tone: str | None = None) -> dict[str, Any]:
    """Render a state as word, shape and colour.

    An enum member brings its label and, by a `tone` property, its tone; a given `tone` goes before it.

    Raises:
        TypeError: unknown tone.
    """
    label = getattr(member_or_label, "label", member_or_label)
    tone = _one_of(str(tone or getattr(member_or_label, "tone", "neutral")), TONE_ICONS, "tone")
    return {"label": label, "tone": tone, "icon": TONE_ICONS[tone]}


@register.inclusion_tag("common/ui/field.html")
def ui_field(bound_field: BoundField) -> dict[str, Any]:
    """Render a form field: label above, help below it, error beside the control, all tied together for readers."""
    layout = "line"
    if bound_field.is_hidden:
        layout = "hidden"
    elif bound_field.use_fieldset:
        layout = "group"
    elif isinstance(bound_field.field.widget, CheckboxInput):
        layout = "check"
    return {"field": bound_field, "layout": layout}


@dataclass(frozen=True)
class FieldError:
    """One line of the error summary and the control it leads to; no target when it concerns the whole form."""

    message: str
    label: str = ""
    target: str = ""


@register.inclusion_tag("common/ui/form_errors.html")
def ui_form_errors(form: BaseForm) -> dict[str, Any]:
    """Render the summary of what must be corrected, each line leading to its field; nothing if all is well."""
    found = [FieldError(message=str(message)) for message in form.non_field_errors()]
    for bound_field in form:
        target = bound_field.auto_id
        if bound_field.use_fieldset and len(bound_field.subwidgets):
            target = bound_field.subwidgets[0].id_for_label
        label = str(bound_field.label)
        found += [FieldError(str(message), label, target) for message in bound_field.errors]
    return {"found": found}


@register.inclusion_tag("common/ui/empty.html")
def ui_empty(
    title: Text, text: Text, action_label: Text | None = None, action_href: str | None = None
) -> dict[str, Any]:
    """Say why there is nothing and offer the one thing to do."""
    return {"title": title, "text": text, "action_label": action_label, "action_href": action_href}


@register.inclusion_tag("common/ui/progress.html")
def ui_progress(value: Number, maximum: Number, label: Text) -> dict[str, Any]:
    """Render progress of `value` towards `maximum`; a maximum of 0 means that the end is not known yet."""
    percent = min(100, round(value * 100 / maximum)) if maximum else None
    return {"value": value, "maximum": maximum, "label": label, "percent": percent}


@register.inclusion_tag("common/ui/stat.html")
def ui_stat(label: Text, value: Any, note: Text | None = None, href: str | None = None) -> dict[str, Any]:
    """Render one figure; with `href` it opens the rows behind it."""
    return {"label": label, "value": value, "note": note, "href": href}


@register.inclusion_tag("common/ui/note.html")
def ui_note(text: Text, kind: str = "info", title: Text | None = None) -> dict[str, Any]:
    """Render a sentence set apart from the text around it.

    Raises:
        TypeError: unknown kind.
    """
    return {"text": text, "kind": _one_of(kind, NOTE_ICONS, "kind of note"), "title": title, "icon": NOTE_ICONS[kind]}


@register.inclusion_tag("common/ui/pagination.html", takes_context=True)
def ui_pagination(context: template.Context, page_obj: Page[Any]) -> dict[str, Any]:
    """Render the way through a paginated list; filters and sorting in the query string are kept."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    paginator = page_obj.paginator
    numbers = paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "page": page_obj,
        "links": [(number, address(number) if isinstance(number, int) else "") for number in numbers],
        "previous": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": address(page_obj.next_page_number()) if page_obj.has_next() else "",
    }


@register.inclusion_tag("common/ui/breadcrumbs.html")
def ui_breadcrumbs(items: Sequence[tuple[Text, str | None]]) -> dict[str, Any]:
    """Render the way back up: pairs of label and address, the page itself last and without an address."""
    return {"items": items}


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart; `share` in percent of the maximum, at most 100."""

    label: Text
    value: Number
    maximum: Number
    note: Text
    share: float


@register.inclusion_tag("common/ui/bars.html")
def ui_bars(rows: Iterable[tuple[Text, Number, Number, Text]], label: Text) -> dict[str, Any]:
    """Render horizontal bars as a table that reads as one: rows of label, value, maximum and note.

    The note is what is written at the bar ("82 %", "41 of 50"); without one the value stands there.
    """
    bars = []
    for row_label, value, maximum, note in rows:
        share = round(max(0.0, min(100.0, value * 100 / maximum)), 2) if maximum else 0.0
        bars.append(Bar(row_label, value, maximum, note, share))
    return {"bars": bars, "label": label}


@register.inclusion_tag("common/ui/steps.html")
def ui_steps(steps: Iterable[Any], across: bool = False) -> dict[str, Any]:
    """Render a time line. Each step (mapping or object) has `label` and `state`, maybe `note`, `at` and `href`.

    States are done, current, todo, blocked. `across` lays the steps side by side where there is room.

    Raises:
        TypeError: unknown state.
    """
    steps = list(steps)
    for step in steps:
        _one_of(step["state"] if isinstance(step, Mapping) else step.state, STEP_STATES, "state of a step")
    return {"steps": steps, "across": across}
