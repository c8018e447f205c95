"""Forms about sittings: when and where, and what is decided about one candidate."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exams.models import Paper

# What <input type="datetime-local"> understands; typed and shown in the officers' time zone.
LOCAL_FORMAT = "%Y-%m-%dT%H:%M"
YEARS = range(2000, 2200)


class MomentField(forms.DateTimeField):
    """Day and time where the officers live; what comes out is an aware instant."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_FORMAT)
    default_error_messages = {"invalid": _("Give day and time, such as 2026-11-23 09:00.")}

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant; years in which no exam is held, and some no clock can hold, are slips."""
        moment = super().to_python(value)
        if moment is not None and moment.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class PaperField(forms.ModelChoiceField):
    """A sealed form, named by its letter."""

    def label_from_instance(self, obj: Paper) -> str:
        return str(_("Form %(form)s")) % {"form": obj.form}


class SittingForm(forms.Form):
    """When and where a sealed paper is sat."""

    name = forms.CharField(label=_("Sitting name"), max_length=80, help_text=_("Such as: first sitting, morning."))
    paper = PaperField(label=_("Paper"), queryset=Paper.objects.none(), empty_label=None)
    opens_at = MomentField(label=_("Opens at"), help_text=_("Beijing time (Asia/Shanghai)."))
    ends_at = MomentField(
        label=_("Ends at"),
        help_text=_("Nobody works past this instant, except with recorded extra time."),
    )
    entry_closes_at = MomentField(
        label=_("Entry closes at"),
        required=False,
        help_text=_("Leave empty to take the scheme’s minutes after the opening."),
    )
    site = forms.CharField(label=_("Exam site"), max_length=120, required=False)
    room = forms.CharField(label=_("Exam room"), max_length=60, required=False)

    def __init__(self, *args: Any, papers: QuerySet[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.fields["paper"]
        assert isinstance(paper, forms.ModelChoiceField)
        paper.queryset = papers

    def clean(self) -> dict[str, Any]:
        """Say in words when the times contradict each other; the domain refuses them too."""
        cleaned = super().clean() or {}
        opens, ends = cleaned.get("opens_at"), cleaned.get("ends_at")
        entry = cleaned.get("entry_closes_at")
        if opens and ends and ends <= opens:
            self.add_error("ends_at", _("The sitting must end after it opens."))
        if opens and entry and entry <= opens:
            self.add_error("entry_closes_at", _("Entry must close after the sitting opens."))
        elif entry and ends and entry > ends:
            self.add_error("entry_closes_at", _("Entry cannot close after the sitting has ended."))
        return cleaned


class AdmissionForm(forms.Form):
    """Why a candidate is admitted by hand."""

    reason = forms.CharField(
        label=_("Reason for admitting"),
        max_length=200,
        help_text=_("For the record, such as: 40 class hours proven on paper."),
    )


class WithdrawalForm(forms.Form):
    """Why a candidate is taken off the sitting."""

    reason = forms.CharField(label=_("Reason for withdrawing"), max_length=200)


class ExtraTimeForm(forms.Form):
    """Extra time for one candidate, before or during the exam."""

    minutes = forms.IntegerField(label=_("Extra minutes"), min_value=1, max_value=240)
    reason = forms.CharField(
        label=_("Reason for extra time"),
        max_length=200,
        help_text=_("Stands in the record, such as: power cut in room 2 from 9:40 to 9:52."),
    )


class ReinstatementForm(forms.Form):
    """Why a withdrawn candidate is put back on the list."""

    reason = forms.CharField(label=_("Reason for putting back"), max_length=200)
