from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from cms.models import CoursePage
from common import constraints
from common.codes import new_code
from exams.models import Exam
from personnel.enums import Tier
from personnel.models import EnforcementField, Unit
from training.enums import EnrolmentState


class Programme(models.Model):
    """What officers of a tier and field learn in a year: courses, minutes, and the exam that it opens."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    title = models.CharField(pgettext_lazy("of a programme", "title"), max_length=160)
    year = models.PositiveIntegerField(_("year"))
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices)
    field = models.ForeignKey(
        EnforcementField, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("field")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("unit"))
    # Minutes of learning that admit to the exam.
    required_minutes = models.PositiveIntegerField(_("required minutes"))
    exam = models.ForeignKey(
        Exam, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name=_("exam")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "tra_programme"
        ordering = ["-year", "title"]
        constraints = [constraints.valid_choice("tier", Tier, name="tra_programme_tier_valid")]

    def __str__(self) -> str:
        return self.title


class ProgrammeCourse(models.Model):
    """A course of a programme, in its order."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="programme_courses")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="+")
    is_required = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0, db_column="sort_order")

    class Meta:
        db_table = "tra_programme_course"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "course"], name="tra_programme_course_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.course}"


class Enrolment(models.Model):
    """An officer on a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="enrolments")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.ACTIVE)
    enrolled_at = models.DateTimeField()
    # When the required minutes were met.
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "tra_enrolment"
        constraints = [
            constraints.valid_choice("state", EnrolmentState, name="tra_enrolment_state_valid"),
            constraints.set_exactly_in("completed_at", [EnrolmentState.COMPLETED], name="tra_enrolment_completed_iff"),
            models.UniqueConstraint(fields=["programme", "officer"], name="tra_enrolment_once"),
        ]
        indexes = [models.Index(fields=["officer", "state"], name="tra_enrolment_officer_ix")]

    def __str__(self) -> str:
        return f"{self.officer} · {self.programme}"
