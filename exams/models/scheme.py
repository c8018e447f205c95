from django.db import models
from django.utils.translation import gettext_lazy as _

from common import constraints
from common.scores import ScoreField
from exams.enums import ExamKind, MultipleRule
from question_banks.enums import QuestionType


class Scheme(models.Model):
    """How a kind of exam is run: everything that differs from province to province is a setting here."""

    code = models.SlugField(_("scheme code"), max_length=40, unique=True)
    name = models.CharField(_("scheme name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=14, choices=ExamKind.choices, default=ExamKind.QUALIFICATION)
    duration_minutes = models.PositiveIntegerField(_("duration (minutes)"), default=90)
    pass_mark = ScoreField(_("pass mark"), default=60)
    good_mark = ScoreField(_("mark for “good”"), default=80)
    excellent_mark = ScoreField(_("mark for “excellent”"), default=90)
    multiple_rule = models.CharField(
        _("multiple choice counts"),
        max_length=20,
        choices=MultipleRule.choices,
        default=MultipleRule.ALL_OR_NOTHING,
    )
    # Minutes after the sitting opens during which an officer may still begin.
    entry_closes_after_minutes = models.PositiveIntegerField(_("entry closes after (minutes)"), default=30)
    # Minutes after an officer's own start before which handing in is not possible.
    submit_opens_after_minutes = models.PositiveIntegerField(_("hand-in opens after (minutes)"), default=30)
    resit_wait_days = models.PositiveIntegerField(_("days until a resit"), default=14)
    resits_max = models.PositiveIntegerField(_("number of resits"), default=2)
    # Below this share of a knowledge point's marks it counts as weak, in percent.
    weak_below_percent = models.PositiveIntegerField(_("weak below (percent)"), default=60)
    certificate_years = models.PositiveIntegerField(_("certificate valid for (years)"), default=5)

    class Meta:
        db_table = "exa_scheme"
        ordering = ["code"]
        constraints = [
            constraints.valid_choice("kind", ExamKind, name="exa_scheme_kind_valid"),
            constraints.valid_choice("multiple_rule", MultipleRule, name="exa_scheme_rule_valid"),
            constraints.at_least("duration_minutes", 1, name="exa_scheme_duration"),
            constraints.between("weak_below_percent", 0, 100, name="exa_scheme_weak_percent"),
            models.CheckConstraint(
                condition=models.Q(good_mark__gte=models.F("pass_mark"))
                & models.Q(excellent_mark__gte=models.F("good_mark")),
                name="exa_scheme_bands_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchemePart(models.Model):
    """How many items of a type, at how many marks each."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="parts")
    question_type = models.CharField(_("type"), max_length=12, choices=QuestionType.choices)
    count = models.PositiveIntegerField(_("number of items"))
    marks_each = ScoreField(_("marks each"))
    order = models.PositiveSmallIntegerField(default=0, db_column="sort_order")

    class Meta:
        db_table = "exa_scheme_part"
        ordering = ["order", "pk"]
        constraints = [
            constraints.valid_choice("question_type", QuestionType, name="exa_part_type_valid"),
            constraints.at_least("count", 1, name="exa_part_count"),
            models.CheckConstraint(condition=models.Q(marks_each__gt=0), name="exa_part_marks"),
            models.UniqueConstraint(fields=["scheme", "question_type"], name="exa_part_type_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_question_type_display()} {self.count} × {self.marks_each}"
