"""What training adds to the score sheet: the certificate valid that day, the hours of the programme."""

from datetime import timedelta
from typing import Any

import pytest

from common import clock
from exams.exporters import score_sheet
from exams.models import Sitting
from exams.queries import score_sheets
from exams.queries.officer_facts import OfficerFacts, officer_facts
from personnel.enums import Tier
from tests.factories import training as released
from tests.factories.cms import LessonFactory
from tests.training.learning.readers import Reader
from training.domain import enrolment, programmes
from training.exporters.score_facts import score_facts
from training.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(people: Any) -> Any:
    """An exam that the learner passed after two minutes of reading, and her colleague failed after none."""
    made = released.exam_factory.hall(people)
    lesson = LessonFactory(minutes=90)
    programme = programmes.create(
        title="2026年在岗轮训",
        year=2026,
        tier=Tier.IN_POST,
        unit=people.city,
        courses=[lesson.get_parent().specific],
        required_minutes=90,
        exam=made.exam,
        by=None,
    )
    enrolment.enrol(programme, [people.learner, people.colleague], by=None)
    Reader(people.learner, now=made.sitting.opens_at).read(lesson, minutes=2)
    released.sit(made, people.learner)
    released.sit(made, people.colleague, wrong=9)
    Sitting.objects.filter(pk=made.sitting.pk).update(entry_closes_at=clock.now() - timedelta(seconds=1))
    return released.release(made).hall.exam


def test_facts_are_certificate_and_hours_of_the_programme(people: Any, finished: Any) -> None:
    asked = [people.learner.pk, people.colleague.pk, people.unit_chief.pk]
    number = Certificate.objects.get(officer=people.learner).number
    assert score_facts(finished, asked, day=clock.today()) == {
        people.learner.pk: OfficerFacts(number, credited_minutes=2, required_minutes=90),
        people.colleague.pk: OfficerFacts("", credited_minutes=0, required_minutes=90),
    }


def test_certificate_counts_only_on_days_it_is_valid(people: Any, finished: Any) -> None:
    certificate = Certificate.objects.get(officer=people.learner)
    facts = score_facts(finished, [people.learner.pk], day=certificate.valid_until)
    assert facts[people.learner.pk].certificate_no == ""


def test_platform_hands_the_facts_to_the_score_sheet(people: Any, finished: Any) -> None:
    assert people.learner.pk in officer_facts(finished, [people.learner.pk], day=clock.today())
    number = Certificate.objects.get(officer=people.learner).number
    rows = {row[2]: row for row in score_sheet.rows(finished, score_sheets.candidacies(finished))}
    assert (rows["李慧敏"][4], rows["李慧敏"][15]) == (number, "0.03/1.5")
    assert (rows["周明"][4], rows["周明"][15]) == ("", "0/1.5")


@pytest.mark.parametrize("count", [1, 3])
def test_one_officer_and_three_cost_the_same_number_of_queries(
    people: Any, finished: Any, count: int, django_assert_num_queries: Any
) -> None:
    asked = [people.learner.pk, people.colleague.pk, people.unit_chief.pk][:count]
    with django_assert_num_queries(5):
        score_facts(finished, asked, day=clock.today())
