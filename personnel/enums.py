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
