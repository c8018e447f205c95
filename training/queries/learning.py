"""The officer's own page: what is next, by when, and where she stands. One set of queries, always."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _, ngettext

from common import clock
from exams.enums import AttemptState, CandidacyState
from exams.models import Attempt, Candidacy, Result
from exams.queries import candidacies
from personnel.models import Officer
from training.enums import RetrainingState
from training.models import Certificate, RetrainingPlan
from training.queries import certificates, retraining, study


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: a sentence, a button, and by when."""

    sentence: str
    label: str
    href: str
    due: date | datetime | None = None

    @property
    def is_overdue(self) -> bool:
        """Return whether the day by which it was due has passed; an instant never waits that long."""
        is_day = self.due is not None and not isinstance(self.due, datetime)
        return is_day and self.due < clock.today()  # type: ignore[operator]


@dataclass(frozen=True)
class Standing:
    """Everything the officer's page is made of."""

    at: datetime
    studies: list[study.Study]
    sat: list[Candidacy]
    plan: RetrainingPlan | None
    certificate: Certificate | None

    @property
    def study(self) -> study.Study | None:
        """Return the most urgent programme."""
        return self.studies[0] if self.studies else None

    @property
    def coming(self) -> Candidacy | None:
        """Return the soonest sitting that is not over and not begun."""
        waiting = [row for row in self.sat if row.sitting.entry_closes_at > self.at and _attempt(row) is None]
        return min(waiting, key=lambda row: row.sitting.opens_at, default=None)

    def entry_closes_at(self, *, exam_id: int | None = None, scheme_id: int = 0) -> datetime | None:
        """Return until when the officer can still enter an exam she is registered for and not yet
        admitted to: the one given, or any of a scheme.
        """
        closing = [
            row.sitting.entry_closes_at
            for row in self.sat
            if row.state == CandidacyState.REGISTERED
            and row.sitting.entry_closes_at > self.at
            and (row.sitting.exam_id == exam_id or row.sitting.exam.scheme_id == scheme_id)
        ]
        return min(closing, default=None)


def standing(officer: Officer) -> Standing:
    """Read where the officer stands now."""
    at = clock.now()
    plans = retraining.visible_to(officer).exclude(state=RetrainingState.CLOSED)
    valid = certificates.of(officer).filter(pk__in=certificates.valid_on(clock.local_day(at)))
    return Standing(
        at=at,
        studies=study.studies(officer),
        sat=list(candidacies.of(officer)),
        plan=plans.order_by("-pk").first(),
        certificate=valid.first(),
    )


def next_step(officer: Officer) -> NextStep | None:
    """Return what the officer does next; None when nothing is planned for her."""
    return step_of(standing(officer))


def step_of(now: Standing) -> NextStep | None:
    """Return the next step: a running exam first, then what must be done soonest, then what only
    waits or can be looked at.
    """
    running = _running_exam(now)
    if running:
        return running
    urgent = [step for choose in (_reading_again, _lesson, _open_exam) if (step := choose(now))]
    if urgent:
        return min(urgent, key=_due_instant)
    later = (_coming_exam, _unreleased, _awaiting_registration, _certified, _passed)
    return next((step for choose in later if (step := choose(now))), None)


def _due_instant(step: NextStep) -> datetime:
    """Return by when a step is due, for comparing; a day is due at its end, no date last of all."""
    if step.due is None:
        return datetime.max.replace(tzinfo=UTC)
    if isinstance(step.due, datetime):
        return step.due
    return timezone.make_aware(datetime.combine(step.due, time.max))


def _soonest(day: date | None, entry: datetime | None) -> date | datetime | None:
    """Return the earlier of a programme's last day and the close of the entry it opens."""
    if entry is None or (day is not None and day < clock.local_day(entry)):
        return day
    return entry


def _running_exam(now: Standing) -> NextStep | None:
    for row in now.sat:
        attempt = _attempt(row)
        if attempt and attempt.state == AttemptState.IN_PROGRESS and attempt.deadline_at > now.at:
            return NextStep(
                _("“%(exam)s” is under way.") % {"exam": row.sitting.exam.title},
                _("Back to the exam"),
                reverse("exams:room", args=[row.code]),
                attempt.deadline_at,
            )
    return None


def _open_exam(now: Standing) -> NextStep | None:
    for row in now.sat:
        sitting = row.sitting
        is_open = sitting.opens_at <= now.at < sitting.entry_closes_at
        if is_open and row.state == CandidacyState.ADMITTED and _attempt(row) is None:
            return NextStep(
                _("“%(exam)s” is open. You are admitted and may begin.") % {"exam": sitting.exam.title},
                _("Enter the examination room"),
                reverse("exams:room", args=[row.code]),
                sitting.entry_closes_at,
            )
    return None


def _reading_again(now: Standing) -> NextStep | None:
    plan = now.plan
    if plan is None or plan.state != RetrainingState.OPEN:
        return None
    shown = retraining.standing(plan)
    exam = plan.result.exam.title
    href = reverse("training:retraining", args=[plan.code])
    unread = [row.lesson for row in shown.lessons if not row.reread_at and row.lesson.live]
    if unread:
        sentence = ngettext(
            "Read %(count)d lesson again, then you may sit “%(exam)s” once more.",
            "Read %(count)d lessons again, then you may sit “%(exam)s” once more.",
            len(unread),
        ) % {"count": len(unread), "exam": exam}
        due = now.entry_closes_at(scheme_id=plan.result.exam.scheme_id)
        return NextStep(sentence, _("See what to read"), href, due)
    return NextStep(
        _("You have read again what was weak. “%(exam)s” can be sat again from %(day)s on.")
        % {"exam": exam, "day": formats.date_format(shown.resit_opens_on, "DATE_FORMAT")},
        _("See the retraining plan"),
        href,
    )


def _lesson(now: Standing) -> NextStep | None:
    for item in now.studies:
        lesson = item.next_lesson
        if item.is_completed or lesson is None:
            continue
        values = {"lesson": lesson.title, "minutes": item.minutes_left}
        if item.minutes_credited:
            sentence = _("Go on with “%(lesson)s”; %(minutes)d more minutes complete the programme.")
            label = _("Go on reading")
        else:
            sentence = _("Begin with “%(lesson)s”; %(minutes)d minutes complete the programme.")
            label = _("Begin reading")
        due = _soonest(item.programme.due_on, now.entry_closes_at(exam_id=item.programme.exam_id))
        return NextStep(sentence % values, label, lesson.get_url(), due)
    return None


def _coming_exam(now: Standing) -> NextStep | None:
    row = now.coming
    if row is None:
        return None
    href = reverse("exams:candidacy", args=[row.code])
    values = {
        "exam": row.sitting.exam.title,
        "time": formats.date_format(timezone.localtime(row.sitting.opens_at), "DATETIME_FORMAT"),
    }
    if row.state == CandidacyState.ADMITTED:
        sentence = _("You are admitted to “%(exam)s”. It opens on %(time)s.") % values
        return NextStep(sentence, _("See time and place"), href)
    sentence = _("You are registered for “%(exam)s” and not admitted yet. The exam office decides.")
    return NextStep(sentence % values, _("See the registration"), href)


def _unreleased(now: Standing) -> NextStep | None:
    for row in now.sat:
        attempt = _attempt(row)
        result = _result(row)
        if attempt and attempt.closed_at and (result is None or result.released_at is None):
            return NextStep(
                _("You handed in “%(exam)s”. The result follows when the exam office releases it.")
                % {"exam": row.sitting.exam.title},
                _("See my exams"),
                reverse("exams:my_exams"),
            )
    return None


def _awaiting_registration(now: Standing) -> NextStep | None:
    if now.plan is not None:
        return NextStep(
            _("Retraining is done. The exam office registers you for the resit of “%(exam)s”.")
            % {"exam": now.plan.result.exam.title},
            _("See the retraining plan"),
            reverse("training:retraining", args=[now.plan.code]),
        )
    known = {row.sitting.exam_id for row in now.sat}
    for item in now.studies:
        exam = item.programme.exam
        if item.is_completed and exam is not None and exam.pk not in known:
            return NextStep(
                _("You have learned all that “%(exam)s” asks for. The exam office registers you.")
                % {"exam": exam.title},
                _("See the programme"),
                reverse("training:programme", args=[item.programme.code]),
            )
    return None


def _certified(now: Standing) -> NextStep | None:
    if now.certificate is None:
        return None
    return NextStep(
        _("Nothing is due. Your certificate is valid."),
        _("See the certificate"),
        reverse("training:certificates"),
        now.certificate.last_valid_day,
    )


def _passed(now: Standing) -> NextStep | None:
    for row in now.sat:
        result = _result(row)
        if result and result.released_at:
            return NextStep(
                _("The result of “%(exam)s” is out.") % {"exam": row.sitting.exam.title},
                _("See the result"),
                reverse("exams:result", args=[result.code]),
            )
    return None


def _attempt(row: Candidacy) -> Attempt | None:
    return getattr(row, "attempt", None)


def _result(row: Candidacy) -> Result | None:
    return getattr(_attempt(row), "result", None)
