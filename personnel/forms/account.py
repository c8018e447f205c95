"""Logging in and choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from common.errors import BadInput
from personnel.domain import names


class LoginForm(AuthenticationForm):
    """Service number and password. Whatever is wrong, the answer is one and the same (fault F39)."""

    error_messages = {
        "invalid_login": _(
            "Service number and password do not fit together, or the account may not log in. "
            "Check both; after five failures the way in is closed for a quarter of an hour."
        ),
        "inactive": _("Service number and password do not fit together."),
    }

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        number, password = self.fields["username"], self.fields["password"]
        number.label = _("Service number")
        number.widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "inputmode": "text",
        }
        number.error_messages["required"] = _("Enter your service number.")
        password.error_messages["required"] = _("Enter your password.")

    def clean_username(self) -> str:
        """Read the number as it is stored, so that failures are counted for one account."""
        try:
            return names.clean_service_no(self.cleaned_data["username"])
        except BadInput:
            # Not a service number at all: let it fail like any other.
            return str(self.cleaned_data["username"])[:30].upper()


class ChangePasswordForm(PasswordChangeForm):
    """The present password and, twice, the new one."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_same": _("Choose a password other than the present one."),
    }

    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["old_password"].label = _("Present password")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("New password, once more")
        self.fields["new_password1"].help_text = _(
            "At least ten characters. Three or four words in a row are good; your name, your "
            "service number and well-known passwords are refused."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error(
                "new_password1",
                forms.ValidationError(self.error_messages["password_same"], code="password_same"),
            )
        return dict(cleaned)
