"""What training adds to an exam's score sheet: the certificate valid that day and the hours of the programme.

Examinations stand below and cannot ask; `TrainingConfig.ready` hands `score_facts` to them.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Sum

from cms.queries import courses
from exams.models import Exam
from exams.queries.officer_facts import OfficerFacts, register_officer_facts
from training.enums import EnrolmentState
from training.models import Enrolment, HoursEntry, Programme
from training.queries import certificates


def score_facts(exam: Exam, officer_ids: Sequence[int], *, day: date) -> Mapping[int, OfficerFacts]:
    """Return what is known of each officer; the number of queries depends on the exam's programmes alone."""
    numbers = dict(
        certificates.valid_on(day)
        .filter(officer__in=officer_ids)
        .order_by("valid_from", "pk")
        .values_list("officer", "number")
    )
    hours = _hours(exam, officer_ids)
    return {
        officer: OfficerFacts(numbers.get(officer, ""), *hours.get(officer, (None, None)))
        for officer in numbers.keys() | hours.keys()
    }


def _hours(exam: Exam, officer_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return officer → minutes credited and required in the programme that leads to the exam."""
    found: dict[int, tuple[int, int]] = {}
    for programme in Programme.objects.filter(exam=exam).order_by("pk"):
        enrolled = Enrolment.objects.filter(programme=programme, officer__in=officer_ids).exclude(
            state=EnrolmentState.WITHDRAWN
        )
        credited = _credited(programme, officer_ids)
        for officer in enrolled.values_list("officer", flat=True):
            found[officer] = (credited.get(officer, 0), programme.required_minutes)
    return found


def _credited(programme: Programme, officer_ids: Sequence[int]) -> dict[int, int]:
    taught = [link.course for link in programme.programme_courses.select_related("course")]
    lessons = courses.lessons_of(taught, only_live=False)
    return dict(
        HoursEntry.objects.filter(officer__in=officer_ids, lesson__in=lessons.values("pk"))
        .order_by()
        .values_list("officer")
        .annotate(Sum("minutes"))
    )


register_officer_facts(score_facts)
