"""What the domain refuses, shown where it was typed."""

from django import forms

from common.errors import DomainError


def show_refusal(form: forms.BaseForm, refusal: DomainError) -> None:
    """Put the refusal beside the field it names, or above the form when it names none that is there."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
