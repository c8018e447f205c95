from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from common.errors import BadInput, NotPossibleNow
from exams import api
from exams.enums import CandidacyState
from exams.models import Candidacy
from exams.queries import sittings
from tests.factories import exams as make
from tests.factories.personnel import OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(people: Any) -> make.Hall:
    return make.hall(people)


def test_register_names_who_is_refused_and_why(hall: make.Hall, people: Any) -> None:
    first = api.register(hall.sitting, [people.learner], by=people.exam_officer)
    again = api.register(hall.sitting, [people.learner, people.colleague], by=people.exam_officer)
    assert [candidacy.officer for candidacy in first.registered] == [people.learner]
    assert [candidacy.officer for candidacy in again.registered] == [people.colleague]
    assert [officer for officer, _reason in again.refused] == [people.learner]


def test_who_passed_sits_no_more_and_who_failed_waits(people: Any, hall: make.Hall) -> None:
    from tests.exams.domain.test_grading import close_entry, hand_in  # noqa: PLC0415

    for officer, wrong in ((people.learner, 0), (people.colleague, 9)):
        attempt = hall.attempt(officer)
        api.grade(hand_in(attempt, make.right_answers(attempt, wrong=wrong)))
    close_entry(hall)
    api.release(hall.exam, by=people.exam_officer)
    hall.exam.refresh_from_db()
    form = api.seal(api.draw(hall.exam, by=people.exam_officer, form="B"), by=people.exam_officer)
    opens = timezone.now() + timedelta(days=3)

    def resit(days: int, paper: Any) -> Any:
        start = opens + timedelta(days=days)
        sitting = api.create_sitting(
            hall.exam,
            paper=paper,
            name="补考",
            opens_at=start,
            ends_at=start + timedelta(hours=2),
            by=people.exam_officer,
        )
        return api.register(sitting, [people.learner, people.colleague], by=people.exam_officer)

    early = resit(0, form)
    assert early.registered == []
    same_form = resit(20, hall.paper)
    assert same_form.registered == []
    later = resit(20, form)
    assert [candidacy.officer for candidacy in later.registered] == [people.colleague]
    assert later.registered[0].resit_no == 1


@pytest.mark.fault("F37")
def test_f37_who_has_a_part_in_the_paper_cannot_sit_it(hall: make.Hall, people: Any) -> None:
    setters = [people.exam_officer, people.question_author, people.question_reviewer]
    registration = api.register(hall.sitting, [*setters, people.learner], by=people.exam_officer)
    assert [candidacy.officer for candidacy in registration.registered] == [people.learner]
    assert [officer for officer, _reason in registration.refused] == setters


def test_person_admits_only_with_a_reason(hall: make.Hall, people: Any) -> None:
    candidacy = hall.candidate(people.learner, admitted=False)
    with pytest.raises(BadInput):
        api.admit(candidacy, by=people.exam_officer)
    api.admit(candidacy, by=people.exam_officer, reason="线下培训已完成")
    candidacy.refresh_from_db()
    assert candidacy.state == CandidacyState.ADMITTED
    assert candidacy.admission_reason == "线下培训已完成"


def test_who_has_begun_stays_on_the_list(hall: make.Hall, people: Any) -> None:
    attempt = hall.attempt(people.learner)
    with pytest.raises(NotPossibleNow):
        api.withdraw(attempt.candidacy, by=people.exam_officer, reason="误报")


def test_extra_time_before_the_start_lengthens_the_attempt(hall: make.Hall, people: Any) -> None:
    candidacy = hall.candidate(people.learner)
    api.give_extra_time(candidacy, 20, reason="视力障碍", by=people.exam_officer)
    attempt = api.start(Candidacy.objects.get(pk=candidacy.pk), by=people.learner, page=make.PAGE)
    assert attempt.deadline_at - attempt.started_at == timedelta(minutes=50)
    with pytest.raises(BadInput):
        api.give_extra_time(candidacy, 5, reason=" ", by=people.exam_officer)


def test_monitor_shows_who_is_where_at_a_constant_number_of_queries(
    hall: make.Hall, people: Any, django_assert_num_queries: Any
) -> None:
    from tests.exams.domain.test_attempts import answer, save  # noqa: PLC0415

    attempt = hall.attempt(people.learner)
    save(attempt, 1, answer(attempt, 0, 1), answer(attempt, 1))
    with django_assert_num_queries(3):
        (row,) = sittings.monitor_rows(hall.sitting, at=timezone.now())
    assert (row.answered, row.needs_attention, row.unit_name) == (1, False, people.team.name)
    for _ in range(2):
        hall.candidate(OfficerFactory(unit=people.team))
    later = timezone.now() + timedelta(seconds=90)
    with django_assert_num_queries(3):
        rows = sittings.monitor_rows(hall.sitting, at=later)
    assert [row.needs_attention for row in rows] == [True, False, False]
