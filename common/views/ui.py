"""The gallery: every component in every state, on one page that anybody may open and tests walk through."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django.views.decorators.http import require_safe

from common.templatetags.components import (
    BUTTON_KINDS,
    ICONS,
    NOTE_ICONS,
    TONE_ICONS,
)

# Tokens as the gallery groups them: what they are for, and their names.
SWATCHES: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Ground"), ("ground", "surface", "sunken")),
    (
        _("Ink"),
        ("ink-900", "ink-800", "ink-700", "ink-600", "ink-500", "ink-400", "ink-300", "ink-200", "ink-100"),
    ),
    (pgettext_lazy("colour", "Action"), ("action", "action-strong", "action-soft")),
    (_("Seal: final or wrong"), ("seal", "seal-ink", "seal-soft")),
    (_("Success"), ("success", "success-ink", "success-soft")),
    (_("Warning"), ("warning", "warning-ink", "warning-soft")),
)


class SampleState(TextChoices):
    """A state as apps declare them: the label is translated, the tone is a property."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SEALED = "sealed", _("Sealed")

    @property
    def tone(self) -> str:
        return SAMPLE_TONES[self]


SAMPLE_TONES = dict(zip(SampleState, TONE_ICONS, strict=True))


class SampleForm(forms.Form):
    """One field of each layout."""

    name = forms.CharField(label=_("Name of the exam"), help_text=_("As it stands on the admission ticket."))
    field = forms.ChoiceField(
        label=_("Enforcement field"),
        choices=[("", "–"), ("market", _("Market supervision")), ("city", _("Urban management"))],
    )
    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    minutes = forms.IntegerField(
        label=_("Duration in minutes"), min_value=10, max_value=300, help_text=_("Between 10 and 300.")
    )
    release = forms.ChoiceField(
        label=_("When results are released"),
        widget=forms.RadioSelect,
        choices=[("auto", _("As soon as all are marked")), ("hand", _("When the exam officer releases them"))],
    )
    units = forms.MultipleChoiceField(
        label=_("Units taking part"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that apply."),
        choices=[("east", _("Eastern district")), ("west", _("Western district"))],
    )
    notes = forms.CharField(label=_("Notice for candidates"), widget=forms.Textarea, required=False)
    roster = forms.FileField(label=_("List of candidates"), required=False, help_text=_("An Excel workbook."))
    agreed = forms.BooleanField(
        label=_("The paper was checked by a second person"), help_text=_("Without it the paper cannot be sealed.")
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse the whole form too, so that the summary shows a line without a field."""
        raise forms.ValidationError(_("This exam overlaps another one in the same room."))


def _steps() -> list[dict[str, Any]]:
    return [
        {"label": _("Blueprint"), "state": "done", "at": "2026-11-02 09:10"},
        {"label": _("Paper sealed"), "state": "done", "at": "2026-11-09 16:45"},
        {"label": _("Candidates seated"), "state": "current", "note": _("38 of 40 have a seat.")},
        {"label": _("Marking"), "state": "blocked", "note": _("No second marker has been named.")},
        {"label": _("Release"), "state": "todo"},
    ]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the tokens, the typography and every component; open to all, for it shows nobody's data."""
    pages = Paginator(range(1, 238), 20)
    return render(
        request,
        "common/gallery.html",
        {
            "swatches": SWATCHES,
            "states": list(SampleState),
            "icons": ICONS,
            "button_kinds": BUTTON_KINDS,
            "note_kinds": list(NOTE_ICONS),
            "form": SampleForm(prefix="fresh"),
            "wrong_form": SampleForm({"wrong-minutes": "5"}, prefix="wrong"),
            "sample_page": pages.get_page(request.GET.get("page", 5)),
            "steps": _steps(),
            "crumbs": [(_("Exams"), "/ui/"), (_("Autumn qualification exam"), "/ui/"), (_("Candidates"), None)],
            "bars": [
                (_("Administrative penalties"), 41, 50, "82%"),
                (_("Administrative licensing"), 29, 50, "58%"),
                (_("Administrative compulsion"), 12, 50, "24%"),
                (_("Evidence"), 0, 50, ""),
            ],
        },
    )
