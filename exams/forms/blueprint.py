"""The blueprint editor: rows of type × knowledge point × number × marks, without needing JavaScript."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.scores import plain
from exams.models import BlueprintRow
from question_banks.enums import QuestionType
from question_banks.models import KnowledgePoint

ROWS_MAX = 200


class BlueprintRowForm(forms.Form):
    """One cell: so many items of a type on a knowledge point at so many marks each."""

    question_type = forms.ChoiceField(label=_("Question type"), choices=QuestionType.choices)
    knowledge_point = forms.ModelChoiceField(
        label=_("Knowledge point"),
        queryset=KnowledgePoint.objects.none(),
        required=False,
        empty_label=_("Any knowledge point"),
    )
    count = forms.IntegerField(label=_("Number of items"), min_value=1, max_value=500)
    marks_each = forms.DecimalField(label=_("Marks each"), min_value=Decimal("0.01"), max_digits=6, decimal_places=2)

    def __init__(self, *args: Any, points: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        point = self.fields["knowledge_point"]
        assert isinstance(point, forms.ModelChoiceField)
        point.queryset = KnowledgePoint.objects.all()
        # The tree is read once for all rows, not once per row.
        point.widget.choices = points

    @property
    def cell(self) -> tuple[str, int | None]:
        """Return type and knowledge point as they stand in the row, typed or initial."""
        question_type = self["question_type"].value() or QuestionType.SINGLE.value
        point = self["knowledge_point"].value()
        typed = str(point or "")
        return str(question_type), int(typed) if typed.isdecimal() and len(typed) < 19 else None


class _BlueprintFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        """Refuse the same cell twice: which marks would count?"""
        seen: set[tuple[str, int | None]] = set()
        for form in self.forms:
            if not form.is_valid() or form.cleaned_data.get("DELETE") or not form.cleaned_data:
                continue
            if form.cell in seen:
                form.add_error(
                    "knowledge_point",
                    _("This type and knowledge point stand in an earlier row. Put the items together there."),
                )
            seen.add(form.cell)
        if not seen and not any(self.errors):
            raise forms.ValidationError(_("A blueprint needs at least one row."))

    @property
    def totals(self) -> tuple[int, Decimal]:
        """Return the number of items and the marks of all rows, as far as they can be read."""
        items, marks = 0, Decimal(0)
        for form in self.forms:
            try:
                count = int(form["count"].value() or 0)
                each = Decimal(str(form["marks_each"].value() or 0))
            except (ValueError, ArithmeticError):
                continue
            if form["DELETE"].value() or not each.is_finite():
                continue
            items, marks = items + count, marks + count * each
        return items, marks


BlueprintFormSet = forms.formset_factory(
    BlueprintRowForm,
    formset=_BlueprintFormSet,
    extra=0,
    can_delete=True,
    max_num=ROWS_MAX,
    validate_max=True,
)


def initial_rows(rows: Iterable[BlueprintRow]) -> list[dict[str, Any]]:
    """Return what the editor shows for a stored blueprint."""
    return [
        {
            "question_type": row.question_type,
            "knowledge_point": row.knowledge_point_id,
            "count": row.count,
            "marks_each": plain(row.marks_each),
        }
        for row in rows
    ]


def knowledge_point_choices() -> list[tuple[Any, str]]:
    """Return every knowledge point, indented by its depth in the tree; one query."""
    points = KnowledgePoint.objects.order_by("path").only("pk", "name", "depth")
    indented = [(point.pk, "　" * (point.depth - 1) + point.name) for point in points]
    return [("", str(_("Any knowledge point"))), *indented]


def typed_rows(data: QueryDict, prefix: str = "form") -> list[dict[str, Any]]:
    """Return the rows as typed, right or wrong, to show them again without judging them."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    count = min(int(total), ROWS_MAX) if total.isdecimal() and len(total) < 19 else 0
    names = ("question_type", "knowledge_point", "count", "marks_each", "DELETE")
    return [{name: data.get(f"{prefix}-{row}-{name}", "") for name in names} for row in range(count)]


def another_row() -> dict[str, Any]:
    """Return what the button that adds a row puts below the others."""
    return {"question_type": QuestionType.SINGLE.value, "marks_each": "1"}
