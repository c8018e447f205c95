"""Released results and what follows from them, every step through the domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common import clock
from exams import api
from exams.domain.room_tokens import RoomToken
from exams.models import Attempt, Result
from personnel.models import Officer
from tests.factories import exams as exam_factory
from training.domain import followup
from training.models import Certificate, RetrainingPlan


@dataclass
class Released:
    """A hall whose results are released."""

    hall: exam_factory.Hall
    results: dict[str, Result]

    def result(self, officer: Officer) -> Result:
        return self.results[officer.service_no]


def sit(hall: exam_factory.Hall, officer: Officer, *, wrong: int = 0) -> Attempt:
    """Let an officer sit and hand in with so many items left empty; graded, not released."""
    attempt = hall.attempt(officer)
    answers = exam_factory.right_answers(attempt, wrong=wrong)
    token = RoomToken(attempt.code, attempt.pk, attempt.lease)
    at = clock.now()
    api.save(token, seq=1, answers=answers, at=at)
    attempt = api.submit(token, seq=2, answers=[], at=at)
    api.grade(attempt)
    return attempt


def release(hall: exam_factory.Hall, *, follow: bool = True) -> Released:
    """Release a hall's results and draw their consequences as the queue would."""
    api.release(hall.exam, by=hall.manager)
    results = {row.officer.service_no: row for row in Result.objects.filter(exam=hall.exam).select_related("officer")}
    if follow:
        for row in results.values():
            followup.follow_up(row.pk)
    return Released(hall, results)


def released(
    people: Any, *, passed: Sequence[Officer] = (), failed: Sequence[Officer] = (), **settings: Any
) -> Released:
    """Return an exam that some passed and some failed, released and followed up."""
    hall = exam_factory.hall(people, **settings)
    for officer in passed:
        sit(hall, officer)
    for officer in failed:
        sit(hall, officer, wrong=9)
    return release(hall)


def certificate(people: Any, officer: Officer, **settings: Any) -> Certificate:
    """Return the certificate of an officer who has just passed."""
    row = released(people, passed=[officer], **settings).result(officer)
    return Certificate.objects.get(result=row)


def plan(people: Any, officer: Officer, **settings: Any) -> RetrainingPlan:
    """Return the retraining plan of an officer who has just failed."""
    row = released(people, failed=[officer], **settings).result(officer)
    return RetrainingPlan.objects.get(result=row)
