"""Finding questions, and saying why one is returned."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from question_banks.enums import QuestionState, QuestionType
from question_banks.models import Bank, KnowledgePoint, Question
from question_banks.queries import banks


class QuestionFilter(forms.Form):
    """What the list is narrowed to. Values nobody offers narrow it to nothing (fault F48)."""

    text = forms.CharField(label=_("Wording or code"), required=False, widget=forms.TextInput({"type": "search"}))
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", pgettext_lazy("states", "All")), *QuestionState.choices]
    )
    question_type = forms.ChoiceField(
        label=_("Question type"),
        required=False,
        choices=[("", pgettext_lazy("question types", "All")), *QuestionType.choices],
    )
    point = forms.ModelChoiceField(
        KnowledgePoint.objects.none(),
        label=_("Knowledge point"),
        required=False,
        to_field_name="code",
        empty_label=pgettext_lazy("knowledge points", "All"),
    )

    def __init__(self, *args: Any, bank: Bank, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = KnowledgePoint.objects.filter(versions__current_of__bank=bank).distinct().order_by("path")
        point = self.fields["point"]
        assert isinstance(point, forms.ModelChoiceField)
        point.queryset = points

    def narrow(self, questions: QuerySet[Question]) -> QuerySet[Question]:
        """Return the questions that fit everything asked for."""
        if not self.is_valid():
            return questions.none()
        asked = self.cleaned_data
        questions = banks.matching(questions, asked["text"])
        if asked["state"]:
            questions = questions.filter(state=asked["state"])
        if asked["question_type"]:
            questions = questions.filter(question_type=asked["question_type"])
        if asked["point"]:
            questions = questions.filter(current__knowledge_point__path__startswith=asked["point"].path)
        return questions


class ReasonForm(forms.Form):
    """Why a question is returned, suspended or retired."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The author reads it and acts on it."),
        error_messages={"required": _("Say why, in a sentence the author can act on.")},
    )
