"""What the header offers, by role: one table from role to desk."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from personnel.enums import Role
from personnel.models import Officer
from personnel.rules import has_role


@dataclass(frozen=True)
class Desk:
    """A place in the platform and who works there; no roles means everybody who is logged in."""

    label: str | Promise
    address: str
    roles: tuple[Role, ...] = ()
    # Addresses below this one belong to the desk; the longest that fits is the current one.
    prefix: str = ""


DESKS = (
    Desk(_("My page"), "training:home"),
    Desk(_("Courses"), "/content/courses/", prefix="/content/"),
    Desk(_("My exams"), "exams:my_exams"),
    Desk(pgettext_lazy("of courses", "Editing"), "wagtailadmin_home", (Role.TRAINER,)),
    Desk(
        _("Question banks"),
        "question_banks:banks",
        (Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER, Role.EXAM_OFFICER, Role.AUDITOR),
    ),
    Desk(_("Exam desk"), "exams:manage", (Role.EXAM_OFFICER, Role.INVIGILATOR)),
    Desk(_("Score sheets"), "exams:manage_score_sheets", (Role.HR,)),
    Desk(_("Certified on duty"), "training:coverage", (Role.HR, Role.UNIT_CHIEF, Role.AUDITOR)),
    Desk(
        _("Officers"),
        "personnel:officers",
        (Role.HR, Role.UNIT_CHIEF, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN),
        prefix="/personnel/officer",
    ),
    Desk(_("Roster"), "personnel:roster", (Role.HR,)),
    Desk(_("Roles"), "personnel:roles", (Role.SECURITY_ADMIN,)),
    Desk(_("Units"), "personnel:units", (Role.SYSTEM_ADMIN,)),
    Desk(_("Audit log"), "personnel:audit", (Role.AUDITOR, Role.AUDIT_ADMIN)),
)


@dataclass(frozen=True)
class Entry:
    """One entry of the header."""

    label: str | Promise
    href: str
    current: bool


def _href(desk: Desk) -> str:
    return desk.address if desk.address.startswith("/") else reverse(desk.address)


def entries(officer: Officer, path: str) -> list[Entry]:
    """Return the desks of an officer, with the one marked that the address belongs to."""
    offered = [(desk, _href(desk)) for desk in DESKS if not desk.roles or has_role(officer, *desk.roles)]
    fitting = [href for desk, href in offered if _belongs(path, desk.prefix or href)]
    current = max(fitting, key=len, default="")
    return [Entry(desk.label, href, href == current) for desk, href in offered]


def _belongs(path: str, prefix: str) -> bool:
    return path == prefix if prefix == "/" else path.startswith(prefix)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the header's entries for the person; empty before login."""
    officer = getattr(request, "user", None)
    if not isinstance(officer, Officer):
        return {"navigation": []}
    return {"navigation": entries(officer, request.path)}
