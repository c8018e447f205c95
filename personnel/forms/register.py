"""Filters and small acts of the register of officers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from common import clock
from personnel.enums import EmploymentKind, Role, Tier, UnitKind
from personnel.models import EnforcementField, Officer, Unit
from personnel.queries import audit_log, register
from personnel.rules import units_for

MAX_UPLOAD_BYTES = 5 * 1024 * 1024


def unit_choices(units: list[Unit]) -> list[tuple[str, str]]:
    """Return units as choices, indented as they stand in the tree."""
    top = min((unit.depth for unit in units), default=1)
    return [(unit.code, "\u3000" * (unit.depth - top) + unit.name) for unit in units]


class RegisterFilter(forms.Form):
    """Search words, unit, tier and state of the account."""

    q = forms.CharField(label=_("Name, pinyin or service number"), max_length=60, required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    tier = forms.ChoiceField(label=_("Tier"), required=False, choices=[("", _("All tiers")), *Tier.choices])
    account = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[
            ("", _("All accounts")),
            (register.ACTIVE, pgettext_lazy("account", "Open")),
            (register.CLOSED, pgettext_lazy("account", "Closed")),
            (register.NO_PASSWORD, _("Without a password")),
        ],
    )

    def __init__(self, data: Any, *, units: list[Unit]) -> None:
        super().__init__(data)
        self.fields["q"].widget.attrs["type"] = "search"
        self.fields["unit"].choices = [("", _("All units")), *unit_choices(units)]  # type: ignore[attr-defined]

    def wanted(self) -> register.Filter | None:
        """Return the filter; None when what was sent makes no sense, which finds nothing."""
        if not self.is_valid():
            return None
        cleaned = self.cleaned_data
        return register.Filter(cleaned["q"], cleaned["unit"], cleaned["tier"], cleaned["account"])


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=4,
        max_length=200,
        help_text=_("It is written into the audit log together with your name."),
    )


class GrantForm(forms.Form):
    """A role over a unit, and why."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(label=_("Over the unit"), queryset=Unit.objects.none(), to_field_name="code")
    reason = forms.CharField(label=_("Reason"), min_length=2, max_length=200)

    def __init__(self, data: Any = None, *, by: Officer) -> None:
        super().__init__(data)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units_for(by, (Role.SECURITY_ADMIN,))
        units = register.in_reading_order(list(field.queryset))
        field.choices = [("", _("Choose one")), *unit_choices(units)]


class PostingForm(forms.Form):
    """Where an officer serves, and from when."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), to_field_name="code")
    starts_on = forms.DateField(
        label=_("Serves there from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    is_enforcement = forms.BooleanField(label=_("Enforcement post"), required=False, initial=True)

    def __init__(self, data: Any = None, *, by: Officer) -> None:
        super().__init__(data, initial={"starts_on": clock.today()})
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units_for(by, (Role.HR, Role.SYSTEM_ADMIN))
        units = register.in_reading_order(list(field.queryset))
        field.choices = [("", _("Choose one")), *unit_choices(units)]


class OfficerForm(PostingForm):
    """A new officer and her first post."""

    service_no = forms.CharField(label=_("Service number"), max_length=30)
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=60)
    id_number = forms.CharField(
        label=_("ID number"),
        max_length=20,
        required=False,
        help_text=_("Stored encrypted and shown masked everywhere."),
    )
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, initial=Tier.IN_POST)
    employment = forms.ChoiceField(
        label=_("Employment"), choices=EmploymentKind.choices, initial=EmploymentKind.ESTABLISHED
    )
    title = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=60, required=False)
    fields_of_work = forms.ModelMultipleChoiceField(
        label=_("Enforcement fields"),
        queryset=EnforcementField.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = (
        "service_no", "name", "id_number", "unit", "starts_on", "is_enforcement", "tier", "employment",
        "title", "fields_of_work",
    )  # fmt: skip


class UnitForm(forms.Form):
    """A new unit below another."""

    code = forms.CharField(label=_("Unit code"), max_length=30)
    name = forms.CharField(label=_("Unit name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices, initial=UnitKind.AGENCY)
    region = forms.CharField(label=_("Region"), max_length=60, required=False)


class UnitNameForm(forms.Form):
    """Another name for a unit."""

    name = forms.CharField(label=_("Unit name"), max_length=120)


class AuditFilter(forms.Form):
    """Who, what, to which thing, on which day."""

    actor = forms.CharField(label=_("Service number"), max_length=40, required=False)
    action = forms.ChoiceField(label=_("Act"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=60, required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, actions: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["action"].choices = [("", _("All acts")), *actions]  # type: ignore[attr-defined]

    def wanted(self) -> audit_log.Filter | None:
        """Return the filter; None when what was sent makes no sense, which finds nothing."""
        return audit_log.Filter(**self.cleaned_data) if self.is_valid() else None


class RosterForm(forms.Form):
    """A roster as a file."""

    file = forms.FileField(
        label=_("Roster file"),
        help_text=_("Excel (.xlsx, .xls) or CSV, at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split the roster and retry."))
        return upload
