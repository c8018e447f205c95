"""Learning opens the exam."""

from typing import Any

import pytest

from common.models import AuditEvent
from exams.enums import CandidacyState
from exams.models import Candidacy, Exam
from personnel.enums import Tier
from tests.factories import exams, training
from tests.factories.cms import LessonFactory
from tests.personas import People
from tests.training.learning.readers import Reader
from training.domain import admission, enrolment, programmes
from training.enums import RetrainingState
from training.models import Programme, RetrainingPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(people: People) -> exams.Hall:
    return exams.hall(people)


@pytest.fixture
def lesson() -> Any:
    return LessonFactory(minutes=2)


@pytest.fixture
def programme(people: People, hall: exams.Hall, lesson: Any) -> Programme:
    made = programmes.create(
        title="2026年在岗轮训",
        year=2026,
        tier=Tier.IN_POST,
        unit=people.city,
        courses=[lesson.get_parent().specific],
        required_minutes=2,
        exam=hall.exam,
        by=None,
    )
    enrolment.enrol(made, [people.learner], by=None)
    return made


def test_completing_the_programme_admits_who_is_registered(
    people: People, hall: exams.Hall, programme: Programme, lesson: Any
) -> None:
    candidacy = hall.candidate(people.learner, admitted=False)
    other = hall.candidate(people.colleague, admitted=False)

    Reader(people.learner, now=hall.sitting.opens_at).read(lesson, minutes=2)

    candidacy.refresh_from_db()
    other.refresh_from_db()
    assert candidacy.state == CandidacyState.ADMITTED
    assert "2026年在岗轮训" in candidacy.admission_reason
    assert other.state == CandidacyState.REGISTERED
    event = AuditEvent.objects.get(action="exams.candidacy_admitted")
    assert event.actor_code == "system"


def test_registered_after_completing_is_admitted_when_considered(
    people: People, hall: exams.Hall, programme: Programme, lesson: Any
) -> None:
    Reader(people.learner).read(lesson, minutes=2)
    candidacy = hall.candidate(people.learner, admitted=False)

    assert admission.consider(candidacy) is True
    assert admission.consider(Candidacy.objects.get()) is False
    assert Candidacy.objects.get().state == CandidacyState.ADMITTED


def test_nobody_is_admitted_before_the_minutes_are_met(
    people: People, hall: exams.Hall, programme: Programme, lesson: Any
) -> None:
    Reader(people.learner).read(lesson, minutes=1)
    candidacy = hall.candidate(people.learner, admitted=False)

    assert admission.consider(candidacy) is False
    assert Candidacy.objects.get().state == CandidacyState.REGISTERED


def test_retraining_holds_the_resit_back_until_it_is_ready(
    people: People, hall: exams.Hall, programme: Programme, lesson: Any
) -> None:
    Reader(people.learner).read(lesson, minutes=2)
    plan = training.plan(people, people.learner)
    Exam.objects.filter(pk=hall.exam.pk).update(scheme=plan.result.exam.scheme)
    candidacy = hall.candidate(people.learner, admitted=False)

    assert admission.consider(candidacy) is False

    RetrainingPlan.objects.filter(pk=plan.pk).update(state=RetrainingState.READY)
    assert admission.consider_all(people.learner, at=hall.sitting.opens_at) == 1
