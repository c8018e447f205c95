"""Stored states as members of their lists, so that a badge finds label and tone."""

from django import template

from exams.enums import AttemptState, CandidacyState, ExamState

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
