"""What the desk's templates need: states as members of their lists, the way back up, marks in plain figures."""

from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from common.scores import plain
from exams.enums import AttemptState, CandidacyState, EventKind, ExamState
from exams.models import Exam, Sitting

register = template.Library()


@register.filter
def exam_state(value: str) -> ExamState:
    """Return the member for a stored exam state."""
    return ExamState(value)


@register.filter
def candidacy_state(value: str) -> CandidacyState:
    """Return the member for a stored state of a candidacy."""
    return CandidacyState(value)


@register.filter
def attempt_state(value: str) -> AttemptState:
    """Return the member for a stored state of an attempt."""
    return AttemptState(value)


@register.filter
def event_label(value: str) -> str | Promise:
    """Return what happened, in words, for a stored kind of event."""
    return EventKind(value).label


@register.filter
def marks(value: Decimal | int | None) -> str:
    """Return marks without needless zeros; a dash where there are none."""
    return "–" if value is None else plain(Decimal(value))


@register.simple_tag
def desk_trail(title: str, exam: Exam | None = None, sitting: Sitting | None = None) -> list[tuple[str, str | None]]:
    """Return the way from the list of exams to this page, for `ui_breadcrumbs`."""
    trail: list[tuple[str, str | None]] = [(_("Exams"), reverse("exams:manage"))]
    if exam is not None:
        trail.append((exam.title, reverse("exams:manage_exam", args=[exam.code])))
    if sitting is not None:
        trail.append((sitting.name, reverse("exams:manage_sitting", args=[sitting.code])))
    return [*trail, (title, None)]
