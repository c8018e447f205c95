"""The time line of an exam from blueprint to release: where it stands, what blocks it, what to press."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext

from common.scores import plain
from exams.enums import ExamState
from exams.models import Exam, Sitting
from exams.queries.progress import Progress

DONE, CURRENT, TODO, BLOCKED = "done", "current", "todo", "blocked"


@dataclass(frozen=True)
class Action:
    """The button that moves a step on. With `posts` it acts at once, otherwise it opens a page."""

    label: str | Promise
    href: str
    posts: bool = False


@dataclass
class Step:
    """One step as `ui_steps` draws it, with the button that belongs to it."""

    label: str | Promise
    is_done: bool
    note: str
    action: Action | None = None
    href: str = ""
    blocked: str = ""
    state: str = TODO


def steps(exam: Exam, progress: Progress, *, lacks: int, sitting: Sitting | None, at: datetime) -> list[Step]:
    """Return the steps with their states: done ones, one that is current or blocked, and what is to come.

    `lacks` is the number of blueprint rows that the banks cannot fill; `sitting` the one that runs or comes next.
    """
    line = [
        _blueprint(exam, progress, lacks),
        _draw(exam, progress),
        _seal(progress),
        _sittings(exam, progress),
        _candidates(progress, sitting),
        _sitting_it(progress, sitting, at),
        _grading(progress),
        _release(exam, progress),
    ]
    waiting = next((step for step in line if not step.is_done), None)
    # Nothing counts as done behind the step at which the exam stands, even if parts of it have begun.
    for step in line[: line.index(waiting)] if waiting else line:
        step.state = DONE
    if waiting and exam.state != ExamState.CANCELLED:
        waiting.state = BLOCKED if waiting.blocked else CURRENT
        waiting.note = waiting.blocked or waiting.note
    return line


def current(line: list[Step]) -> Step | None:
    """Return the step at which the exam stands; None when all is done."""
    return next((step for step in line if step.state in (CURRENT, BLOCKED)), None)


def _url(name: str, exam: Exam) -> str:
    return reverse(f"exams:{name}", args=[exam.code])


def _moment(value: datetime | None) -> str:
    return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else ""


def _blueprint(exam: Exam, progress: Progress, lacks: int) -> Step:
    blocked = ""
    if lacks and not progress.papers:
        blocked = ngettext(
            "%(count)d row asks for more questions than the banks hold. Lower it or have questions approved.",
            "%(count)d rows ask for more questions than the banks hold. Lower them or have questions approved.",
            lacks,
        ) % {"count": lacks}
    items = ngettext("%(count)d item", "%(count)d items", progress.items) % {"count": progress.items}
    return Step(
        _("Blueprint"),
        is_done=bool(progress.items) and not blocked,
        note=_("%(items)s, %(marks)s marks") % {"items": items, "marks": plain(progress.marks)},
        blocked=blocked,
        href=_url("manage_blueprint", exam),
        action=Action(_("Edit the blueprint"), _url("manage_blueprint", exam)),
    )


def _draw(exam: Exam, progress: Progress) -> Step:
    forms = ", ".join(paper.form for paper in progress.papers)
    return Step(
        _("Draw the paper"),
        is_done=bool(progress.papers),
        note=_("Form %(forms)s") % {"forms": forms} if forms else _("Questions are drawn at random by the blueprint."),
        action=Action(_("Draw the paper"), _url("manage_draw", exam), posts=True),
    )


def _seal(progress: Progress) -> Step:
    unsealed = progress.unsealed[0] if progress.unsealed else None
    step = Step(
        _("Seal the paper"),
        is_done=bool(progress.sealed),
        note=_("Look through it once; from sealing on nothing on it changes."),
    )
    if progress.sealed:
        step.note = _("Sealed on %(day)s") % {"day": _moment(progress.sealed[0].sealed_at)}
    shown = unsealed or (progress.papers[0] if progress.papers else None)
    if shown:
        step.href = reverse("exams:manage_paper", args=[shown.code])
        step.action = Action(_("Look through and seal"), step.href)
    return step


def _sittings(exam: Exam, progress: Progress) -> Step:
    note = _("When and where it is sat.")
    if progress.sittings:
        note = ngettext("%(count)d sitting", "%(count)d sittings", progress.sittings) % {"count": progress.sittings}
    return Step(
        _("Set the sittings"),
        is_done=bool(progress.sittings),
        note=note,
        action=Action(_("Add a sitting"), _url("manage_sitting_create", exam)),
    )


def _candidates(progress: Progress, sitting: Sitting | None) -> Step:
    note = _("Register a unit’s officers for a sitting.")
    if progress.candidates and not progress.registered:
        note = ngettext("%(count)d registered", "%(count)d registered", progress.candidates) % {
            "count": progress.candidates
        }
    elif progress.candidates:
        note = _("%(total)d registered, %(waiting)d of them not admitted yet") % {
            "total": progress.candidates,
            "waiting": progress.registered,
        }
    return Step(
        _("Register candidates"),
        is_done=bool(progress.candidates),
        note=note,
        action=Action(_("Register officers"), reverse("exams:manage_register", args=[sitting.code]))
        if sitting
        else None,
    )


def _sitting_it(progress: Progress, sitting: Sitting | None, at: datetime) -> Step:
    return Step(
        _("The exam is sat"),
        is_done=bool(progress.closed) and not progress.in_progress and not progress.may_begin,
        note=_sitting_note(progress, at),
        action=Action(_("Watch the sitting"), reverse("exams:manage_monitor", args=[sitting.code]))
        if sitting
        else None,
    )


def _sitting_note(progress: Progress, at: datetime) -> str:
    if progress.in_progress:
        return ngettext(
            "%(count)d candidate is at work.",
            "%(count)d candidates are at work.",
            progress.in_progress,
        ) % {"count": progress.in_progress}
    if progress.first_opens_at and progress.first_opens_at > at:
        return _("Begins on %(moment)s") % {"moment": _moment(progress.first_opens_at)}
    if progress.closed:
        return ngettext("%(count)d has handed in", "%(count)d have handed in", progress.closed) % {
            "count": progress.closed
        }
    if progress.last_ends_at and progress.last_ends_at <= at:
        return _("The sittings are over and nobody has begun. Add a further sitting.")
    return _("Nobody has begun yet.")


def _grading(progress: Progress) -> Step:
    if progress.ungraded:
        note = ngettext(
            "%(count)d attempt waits for grading; the platform does it by itself.",
            "%(count)d attempts wait for grading; the platform does it by itself.",
            progress.ungraded,
        ) % {"count": progress.ungraded}
    elif progress.graded:
        note = ngettext("%(count)d attempt graded", "%(count)d attempts graded", progress.graded) % {
            "count": progress.graded
        }
    else:
        note = _("The platform grades every attempt when it is handed in.")
    return Step(_("Grading"), is_done=bool(progress.graded) and not progress.ungraded, note=note)


def _release(exam: Exam, progress: Progress) -> Step:
    note = _("From then on officers see their results, and certificates and resits follow.")
    if exam.state == ExamState.RELEASED:
        note = _("Released on %(day)s") % {"day": _moment(exam.released_at)}
    return Step(
        _("Release the results"),
        is_done=exam.state == ExamState.RELEASED and not progress.unreleased,
        note=note,
        href=_url("manage_release", exam) if progress.graded else "",
        action=Action(_("Look at the results and release them"), _url("manage_release", exam)),
    )
