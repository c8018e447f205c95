from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from common import constraints
from common.fields import EncryptedTextField
from common.masking import mask_id_number
from personnel.enums import EmploymentKind, Tier
from personnel.models.field import EnforcementField


class OfficerManager(BaseUserManager["Officer"]):
    """Creates officers; the domain's `accounts` adds rules and the audit entry."""

    def create_user(self, service_no: str, name: str, password: str | None = None, **fields: Any) -> "Officer":
        """Create an officer who may log in when a password is given."""
        officer = self.model(service_no=service_no, name=name, **fields)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer

    def create_superuser(self, service_no: str, name: str, password: str | None = None, **fields: Any) -> "Officer":
        """Create an account with every Django permission; for installation only."""
        return self.create_user(service_no, name, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Officer":
        return self.get(service_no=(username or "").strip().upper())


class Officer(AbstractBaseUser, PermissionsMixin):
    """A person with an account: enforcement officer, trainer, exam officer, HR.

    Logs in by service number.
    """

    service_no = models.CharField(
        _("service number"),
        max_length=30,
        unique=True,
        error_messages={"unique": _("This service number exists.")},
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=60)
    # Full and initials, for search as people type: "zhang wei zw".
    pinyin = models.CharField(max_length=160, blank=True)
    employment = models.CharField(
        _("employment"),
        max_length=12,
        choices=EmploymentKind.choices,
        default=EmploymentKind.ESTABLISHED,
    )
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices, default=Tier.IN_POST)
    fields = models.ManyToManyField(
        EnforcementField,
        related_name="officers",
        blank=True,
        db_table="per_officer_field",
        verbose_name=_("fields"),
    )
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    id_number = EncryptedTextField(_("ID number"), blank=True, default="")
    # Keyed digest by which an ID number is found without being read; empty numbers have none.
    id_index = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    must_change_password = models.BooleanField(default=False)
    # Part of every session's digest: raising it ends all logins of the officer.
    login_epoch = models.PositiveIntegerField(default=0, editable=False)
    joined_at = models.DateTimeField(null=True, blank=True)

    groups = models.ManyToManyField(  # type: ignore[assignment]
        "auth.Group",
        blank=True,
        related_name="officers",
        # Wagtail asks for permissions by `group__user`.
        related_query_name="user",
        db_table="per_officer_group",
    )
    user_permissions = models.ManyToManyField(  # type: ignore[assignment]
        "auth.Permission",
        blank=True,
        related_name="officers",
        related_query_name="user",
        db_table="per_officer_permission",
    )

    objects: ClassVar[OfficerManager] = OfficerManager()

    USERNAME_FIELD = "service_no"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "per_officer"
        verbose_name = _("officer")
        constraints = [
            constraints.valid_choice("employment", EmploymentKind, name="per_officer_employment_valid"),
            constraints.valid_choice("tier", Tier, name="per_officer_tier_valid"),
        ]
        indexes = [
            models.Index(fields=["name"], name="per_officer_name_ix"),
            models.Index(fields=["pinyin"], name="per_officer_pinyin_ix"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        salt = f"personnel.officer.session:{self.login_epoch}"
        return salted_hmac(salt, self.password, secret=secret, algorithm="sha256").hexdigest()

    # Wagtail's user listings ask for these two names.
    @property
    def first_name(self) -> str:
        return self.name

    @property
    def last_name(self) -> str:
        return ""

    @property
    def masked_id_number(self) -> str:
        """Return the ID number as it may be shown to everybody who sees the officer."""
        return mask_id_number(self.id_number)
