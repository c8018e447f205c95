"""The closed lists of people and posts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    AGENCY = "agency", _("Enforcement agency")
    TEAM = "team", _("Team")


class EmploymentKind(TextChoices):
    ESTABLISHED = "established", _("Established post")
    CONTRACT = "contract", _("Contract")
    AUXILIARY = "auxiliary", _("Auxiliary staff")


class Tier(TextChoices):
    NEW_ENTRANT = "new_entrant", _("New entrant")
    IN_POST = "in_post", _("In post")
    BACKBONE = "backbone", _("Backbone")
    LEADER = "leader", _("Leader")


class Role(TextChoices):
    """What a person may do over a subtree of units.

    Nobody authors, reviews and sits the same exam.
    """

    LEARNER = "learner", _("Learner")
    UNIT_CHIEF = "unit_chief", _("Unit chief")
    TRAINER = "trainer", _("Trainer")
    QUESTION_AUTHOR = "question_author", _("Question author")
    QUESTION_REVIEWER = "question_reviewer", _("Question reviewer")
    EXAM_OFFICER = "exam_officer", _("Exam officer")
    INVIGILATOR = "invigilator", _("Invigilator")
    MARKER = "marker", _("Marker")
    LEGAL_REVIEWER = "legal_reviewer", _("Legal reviewer")
    HR = "hr", _("Human resources")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMIN = "sys_admin", _("System administrator")
    SECURITY_ADMIN = "sec_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


# 三员分立: nobody holds two of them.
ADMIN_ROLES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)

# What the audit log calls the acts of this app.
ACTION_NAMES = {
    "personnel.unit_created": _("Unit added"),
    "personnel.unit_renamed": _("Unit renamed"),
    "personnel.officer_created": _("Officer put on record"),
    "personnel.officers_created": _("Officers put on record"),
    "personnel.officer_changed": _("Particulars changed"),
    "personnel.officer_posted": _("Officer posted"),
    "personnel.officers_posted": _("Officers posted"),
    "personnel.posting_ended": _("Post ended"),
    "personnel.password_changed": _("Own password changed"),
    "personnel.password_set": _("Password issued"),
    "personnel.account_disabled": _("Account closed"),
    "personnel.account_enabled": _("Account opened again"),
    "personnel.id_number_revealed": _("Full ID number shown"),
    "personnel.register_exported": _("Register exported"),
    "personnel.role_granted": _("Role granted"),
    "personnel.role_revoked": _("Role taken back"),
}
