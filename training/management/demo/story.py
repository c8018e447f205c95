"""The story the demonstration tells, from an exam five years ago to one that is open now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from common import clock
from exams import api as exam_api
from exams.models import Paper, Scheme, Sitting
from personnel.models import Officer, Unit
from question_banks.models import Question
from training.api import certification
from training.enums import RetrainingState
from training.management.demo import exams, learning, people as cast, province
from training.management.demo.exams import QUALIFICATION, SHORT, Office
from training.management.demo.logins import CITY, PROVINCE
from training.management.demo.people import People
from training.management.demo.timeline import Timeline, timeline
from training.models import Certificate, RetrainingPlan

# Days before today. Certificates of the first exam have just expired, those of the second will soon.
FIRST_EXAM_DAYS = 5 * 365 + 21
SECOND_EXAM_DAYS = 5 * 365 - 90
COURSE_DAYS = 110
THIRD_EXAM_DAYS = 62
PROGRAMME_DAYS = 40
# The sittings that are open now stay open for so long.
OPEN_DAYS = 30

EXPIRED = ("DMF0103-01", "DMF0103-02", "DMF0202-01", "DMF0202-02")
EXPIRING = ("DMF0101-01", "DMF0101-02", "DMF0102-01", "DMF0102-02", "DMF0201-01", "C7001")
PASSED = (
    "DMF0101-03", "DMF0101-04", "DMF0101-05", "DMF0102-03", "DMF0102-04", "DMF0102-05",
    "DMF0102-06", "DMF0103-03", "DMF010301-01", "DMF010301-02", "DMF0201-02", "DMF0201-03",
    "DMF0201-04", "DMF0201-05", "X9001",
)  # fmt: skip
FAILED = ("A1002", "DMF0102-07", "DMF010301-03", "DMF0202-03")
HANDED_IN = ("DMF0101-06", "DMF010301-04")
RUNNING = ("DMF0101-07", "DMF010301-05")
WAITING = ("DMF0103-01",)


@dataclass(frozen=True)
class Told:
    """What the demonstration holds now."""

    units: int
    officers: int
    questions: int
    certificates: int


def tell(*, size: str, seed: int) -> Told:
    """Fill the database, all or nothing.

    Raises:
        ValueError: the story does not come out, which is an error in it.
    """
    rng = Random(seed)  # noqa: S311  (a story, not a secret)
    now = clock.now()
    with transaction.atomic(), timeline(now - timedelta(days=FIRST_EXAM_DAYS)) as line:
        people = cast.seed(rng)
        if size == "province":
            province.seed(people, rng)
        office = _office(people, rng)
        schemes = exams.seed_schemes(office.by)
        laws = learning.seed_laws()
        scheme = schemes[QUALIFICATION]
        exams.hold(office, _title(line, "资格考试"), scheme, _shares(people, EXPIRED, rng), line)
        line.go(now - timedelta(days=SECOND_EXAM_DAYS))
        exams.hold(office, _title(line, "资格考试"), scheme, _shares(people, EXPIRING, rng), line)
        line.go(now - timedelta(days=COURSE_DAYS))
        course, lessons = learning.seed_course(office.field, laws, trainer=people["T2001"])
        learning.read(people["A1002"], lessons, line)
        line.go(now - timedelta(days=THIRD_EXAM_DAYS))
        _third_exam(office, scheme, people, line)
        line.go(now - timedelta(days=PROGRAMME_DAYS))
        open_exam, paper = exams.prepare(office, _title(line, "第二批资格考试"), scheme, needs_admission=True)
        programme = learning.seed_programme(
            people.units[PROVINCE], office.field, course, open_exam, by=people["E3001"]
        )
        officers = [people[no] for no in ("A1001", "A1002", *HANDED_IN, *RUNNING, *WAITING)]
        learning.enrol(programme, officers, by=people["T2001"])
        line.go(now - timedelta(days=2))
        learning.read(people["A1001"], lessons[:-1], line)
        line.go(now - timedelta(days=1))
        sitting = exams.open_sitting(
            office, open_exam, paper, "第一场", opens_at=line.at, lasts=timedelta(days=OPEN_DAYS)
        )
        exams.register_all(sitting, officers, by=office.by)
        _short_exam(office, schemes[SHORT], people, line)
        certification.expire_due(at=line.at)
        _in_the_room(sitting, paper, people, office, line, now)
    return _told()


def _third_exam(office: Office, scheme: Scheme, people: People, line: Timeline) -> None:
    shares = {people[no]: office.rng.uniform(0.42, 0.5) for no in FAILED}
    shares |= _shares(people, PASSED, office.rng)
    shares |= province.candidates(office.rng)
    exams.hold(office, _title(line, "第一批资格考试"), scheme, shares, line)
    plan = RetrainingPlan.objects.filter(officer=people["A1002"]).first()
    if plan is None or plan.state != RetrainingState.OPEN:
        raise ValueError("A1002 has no retraining")


def _short_exam(office: Office, scheme: Scheme, people: People, line: Timeline) -> None:
    """Open ten items for whoever wants to see the whole way, without learning first."""
    exam, paper = exams.prepare(office, "十题快速体验（演示短卷）", scheme)
    sitting = exams.open_sitting(office, exam, paper, "随到随考", opens_at=line.at, lasts=timedelta(days=OPEN_DAYS))
    wanted = [people[no] for no in ("A1001", "A1002", *RUNNING, *WAITING)]
    exams.register_all(sitting, wanted, by=office.by)


def _in_the_room(
    sitting: Sitting,
    paper: Paper,
    people: People,
    office: Office,
    line: Timeline,
    now: datetime,
) -> None:
    """Some have handed in, some are at it, one is admitted and has not begun."""
    for number in (*HANDED_IN, *RUNNING, *WAITING):
        candidacy = sitting.candidacies.get(officer=people[number])
        exam_api.admit(candidacy, by=office.by, reason="以往年度学时已认定")
    book = exams.AnswerBook(paper)
    line.go(now - timedelta(hours=5))
    attempts = [exams.begin(sitting, people[number]) for number in HANDED_IN]
    line.pass_time(minutes=55)
    for attempt in attempts:
        exams.hand_in(attempt, book.sheet(attempt, 0.85, office.rng), at=line.at)
    line.go(now - timedelta(minutes=20))
    for number in RUNNING:
        attempt = exams.begin(sitting, people[number])
        sheet = book.sheet(attempt, 0.8, office.rng)
        token = exam_api.RoomToken(attempt.code, attempt.pk, attempt.lease)
        exam_api.save(token, seq=1, answers=sheet[: office.rng.randint(20, 40)], at=line.at)
    line.go(now)


def _office(people: People, rng: Random) -> Office:
    bank = learning.seed_bank(people.units[PROVINCE], author=people["Q2101"], reviewer=people["Q2102"])
    field = people["A1001"].fields.model.objects.get(code="public_law")
    return Office(people.units[PROVINCE], bank, people["E3001"], field, rng)


def _shares(people: People, numbers: tuple[str, ...], rng: Random) -> dict[Officer, float]:
    return {people[number]: rng.uniform(0.78, 0.93) for number in numbers}


def _title(line: Timeline, kind: str) -> str:
    return f"{clock.local_day(line.at).year}年{kind}（演示）"


def _told() -> Told:
    return Told(
        units=Unit.objects.count(),
        officers=Officer.objects.count(),
        questions=Question.objects.count(),
        certificates=Certificate.objects.count(),
    )


def is_told() -> bool:
    """Return whether the demonstration is in the database already."""
    return Unit.objects.filter(code__in=(PROVINCE, CITY)).exists()
