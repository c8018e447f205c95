"""One of everything that has an address, so that every address can be tried by everybody."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from common import clock
from common.models import Job, JobState
from exams.models import Attempt, Candidacy
from personnel import tasks
from personnel.views import roster
from question_banks.enums import ImportState
from question_banks.models import Bank, ImportRun, Question
from tests.factories import exams as exam_factory, training as training_factory
from tests.factories.cms import CourseFactory, LessonFactory
from tests.factories.exams import Hall
from tests.factories.training import Released
from tests.personas import People, cast
from training.domain import enrolment, programmes
from training.models import Certificate, RetrainingPlan


@dataclass(frozen=True)
class World:
    """Everything is the learner's or the city's; the colleague has failed, the outsider has nothing."""

    people: People
    released: Released
    hall: Hall
    names: dict[str, Any]


def build() -> World:
    """Write the world into the database."""
    people = cast()
    course = CourseFactory()
    lesson = LessonFactory(course=course)
    released = training_factory.released(people, passed=[people.learner], failed=[people.colleague])
    hall = exam_factory.hall(people)
    candidacy = hall.candidate(people.learner)
    programme = programmes.create(
        title="在岗培训", year=clock.today().year, tier="in_post", unit=people.city, required_minutes=10,
        courses=[course], by=None,
    )  # fmt: skip
    enrolment.enrol(programme, [people.learner], by=None)
    bank = Bank.objects.order_by("pk")[0]
    passed = released.result(people.learner)
    names = {
        "lesson": lesson.pk,
        "lesson_url": lesson.url,
        "programme": programme.code,
        "certificate": Certificate.objects.get(result=passed).number,
        "retraining": RetrainingPlan.objects.get(result=released.result(people.colleague)).code,
        "result": passed.code,
        "receipt": Attempt.objects.get(
            candidacy__officer=people.learner, candidacy__sitting=released.hall.sitting
        ).code,
        "candidacy": candidacy.code,
        "old_candidacy": Candidacy.objects.get(officer=people.learner, sitting=released.hall.sitting).code,
        "exam": hall.exam.code,
        "released_exam": released.hall.exam.code,
        "paper": hall.paper.code,
        "digest": hall.paper.digest,
        "sitting": hall.sitting.code,
        "scheme": hall.exam.scheme.code,
        "bank": bank.code,
        "question": Question.objects.filter(bank=bank)[0].code,
        "import": _import_run(people, bank).code,
        "job": _job(people).code,
        "ticket": _ticket(people),
    }
    return World(people, released, hall, names)


def _import_run(people: People, bank: Bank) -> ImportRun:
    return ImportRun.objects.create(
        bank=bank, state=ImportState.DISCARDED, plan={}, created_by=people.question_author, created_at=clock.now()
    )


def _job(people: People) -> Job:
    path = storages["private"].save("exports/sample.xlsx", ContentFile(b"PK"))
    at = clock.now()
    return Job.objects.create(
        kind="sample", title="样例", state=JobState.DONE, owner=people.hr, output=path, created_at=at, finished_at=at
    )


def _ticket(people: People) -> str:
    content = "工号,姓名,单位\nR1,王新,SZ-ST\n".encode()
    path = storages["private"].save(f"{tasks.ROSTER_FOLDER}/sample", ContentFile(content))
    return signing.dumps([path, "roster.csv", people.hr.pk], salt=roster.SALT)
