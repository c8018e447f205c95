"""The forms of a scheme: its settings, and how many items of each type at how many marks."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.scores import plain
from exams.models import Scheme
from question_banks.enums import QuestionType


class SchemeForm(forms.ModelForm[Scheme]):
    """Everything about an exam that differs from place to place."""

    class Meta:
        model = Scheme
        fields = [
            "name",
            "code",
            "kind",
            "duration_minutes",
            "pass_mark",
            "good_mark",
            "excellent_mark",
            "multiple_rule",
            "entry_closes_after_minutes",
            "submit_opens_after_minutes",
            "resits_max",
            "resit_wait_days",
            "weak_below_percent",
            "certificate_years",
        ]
        help_texts = {
            "code": _("Small letters, digits and hyphens; stands in addresses and files."),
            "entry_closes_after_minutes": _("Counted from the opening of the sitting."),
            "submit_opens_after_minutes": _("Counted from the officer’s own start."),
            "weak_below_percent": _("A knowledge point with less than this share of its marks is retrained."),
        }


class PartForm(forms.Form):
    """How many items of one type, and the marks of each; no items means that the type is not used."""

    count = forms.IntegerField(label=_("Number of items"), min_value=0, max_value=500)
    marks_each = forms.DecimalField(label=_("Marks each"), min_value=Decimal("0.01"), max_digits=6, decimal_places=2)

    def __init__(self, *args: Any, question_type: QuestionType, **kwargs: Any) -> None:
        kwargs["prefix"] = f"part-{question_type.value}"
        super().__init__(*args, **kwargs)
        self.question_type = question_type


@dataclass(frozen=True)
class PartRow:
    """A part as typed: a question type, how many, how many marks each."""

    question_type: QuestionType
    count: int
    marks_each: Decimal


class PartForms:
    """One `PartForm` for every question type there is, in their order."""

    def __init__(self, data: Any = None, *, scheme: Scheme | None = None) -> None:
        present = {part.question_type: part for part in scheme.parts.all()} if scheme else {}
        self.forms = []
        for question_type in QuestionType:
            part = present.get(question_type.value)
            initial = {
                "count": part.count if part else 0,
                "marks_each": plain(part.marks_each) if part else "1",
            }
            self.forms.append(PartForm(data, initial=initial, question_type=question_type))
        self.error = ""

    def is_valid(self) -> bool:
        """Return whether every part is well-formed and at least one has items."""
        # All are asked, so that every one of them shows its errors.
        verdicts = [form.is_valid() for form in self.forms]
        if not all(verdicts):
            return False
        if not self.rows:
            self.error = str(_("Give at least one question type a number of items."))
        return not self.error

    @property
    def rows(self) -> list[PartRow]:
        """Return the parts that have items; only after `is_valid`."""
        return [
            PartRow(form.question_type, form.cleaned_data["count"], form.cleaned_data["marks_each"])
            for form in self.forms
            if form.cleaned_data["count"]
        ]

    @property
    def totals(self) -> tuple[int, Decimal]:
        """Return items and marks of all parts as they stand in the form, as far as they can be read."""
        items, marks = 0, Decimal(0)
        for form in self.forms:
            try:
                count = int(form["count"].value() or 0)
                each = Decimal(str(form["marks_each"].value() or 0))
            except (ValueError, ArithmeticError):
                continue
            if count > 0 and each.is_finite():
                items, marks = items + count, marks + count * each
        return items, marks
