"""The form that begins an exam."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exams.models import Exam
from personnel.enums import Tier
from personnel.models import Unit
from question_banks.models import Bank


class ExamForm(forms.ModelForm[Exam]):
    """What an exam is called, by which scheme it runs, who holds it, and where its questions come from."""

    class Meta:
        model = Exam
        fields = ["title", "scheme", "unit", "banks", "field", "tier", "needs_admission"]
        widgets = {"banks": forms.CheckboxSelectMultiple}
        help_texts = {
            "scheme": _("Sets duration, pass mark, resits and how many questions of each type."),
            "unit": _("Exam officers of this unit and of those above it can run the exam."),
            "banks": _("The paper is drawn from the approved questions of these banks."),
            "field": _("Leave empty for law common to all fields."),
            "tier": _("Leave empty when officers of every tier may sit it."),
            "needs_admission": _(
                "Registered officers may begin only once their training programme, or you with a reason, "
                "has admitted them."
            ),
        }

    def __init__(self, *args: Any, units: QuerySet[Unit], drawable: QuerySet[Bank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "unit").queryset = units.order_by("path")
        _choices(self, "banks").queryset = drawable.order_by("code")
        _choices(self, "scheme").empty_label = None
        _choices(self, "field").empty_label = str(_("All fields"))
        if units.count() == 1:
            self.fields["unit"].initial = units.first()
        else:
            _choices(self, "unit").empty_label = str(_("Please choose"))
        tier = self.fields["tier"]
        assert isinstance(tier, forms.TypedChoiceField)
        tier.choices = [("", _("All tiers")), *Tier.choices]


def _choices(form: forms.ModelForm[Exam], name: str) -> forms.ModelChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field
