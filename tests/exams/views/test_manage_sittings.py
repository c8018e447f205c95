"""The desk around the sitting: when and where, who is registered, who is where, what is released."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from common import clock
from common.models import Job
from exams import api
from exams.enums import CandidacyState, ExamState
from exams.models import Attempt, Candidacy, Sitting
from tests.factories import exams as made
from tests.factories.personnel import OfficerFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client: Any, people: Any) -> Any:
    client.force_login(people.exam_officer)
    return client


def hand_in(attempt: Attempt, *, wrong: int = 0) -> Attempt:
    token = api.RoomToken(attempt.code, attempt.pk, attempt.lease)
    return api.submit(token, seq=1, answers=made.right_answers(attempt, wrong=wrong), at=clock.now())


def graded(hall: made.Hall, officer: Any, *, wrong: int = 0) -> Attempt:
    attempt = hand_in(hall.attempt(officer), wrong=wrong)
    api.grade(attempt)
    return attempt


def close_entry(hall: made.Hall) -> None:
    """Let the sitting lie in the past, as it does when results are released."""
    Sitting.objects.filter(pk=hall.sitting.pk).update(
        opens_at=clock.now() - timedelta(hours=3),
        entry_closes_at=clock.now() - timedelta(hours=2),
        ends_at=clock.now() - timedelta(hours=1),
    )


@pytest.mark.fault("F11")
def test_f11_sitting_typed_in_beijing_time_is_stored_as_that_instant(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    data = {
        "name": "跨年场", "paper": hall.paper.pk, "opens_at": "2026-12-31T23:30", "ends_at": "2027-01-01T01:00",
        "entry_closes_at": "", "site": "市委党校", "room": "302",
    }  # fmt: skip
    response = desk.post(reverse("exams:manage_sitting_create", args=[hall.exam.code]), data)
    sitting = Sitting.objects.get(name="跨年场")
    assert response["Location"] == reverse("exams:manage_sitting", args=[sitting.code])
    assert sitting.opens_at.isoformat() == "2026-12-31T15:30:00+00:00"
    assert sitting.entry_closes_at - sitting.opens_at == timedelta(minutes=30)
    page = desk.get(response["Location"]).content.decode()
    assert "2026年12月31日 23:30" in page
    assert "2027年1月1日 01:00" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2026-12-01T08:00"}, "ends_at"),
        ({"ends_at": "2026-12-01T09:00"}, "ends_at"),
        ({"entry_closes_at": "2026-12-01T11:30"}, "entry_closes_at"),
        ({"entry_closes_at": "2026-12-01T08:59"}, "entry_closes_at"),
        ({"opens_at": "tomorrow"}, "opens_at"),
        ({"paper": ""}, "paper"),
    ],
)
def test_sitting_with_contradictory_times_is_refused_in_words(
    desk: Any, people: Any, changes: dict[str, str], field: str
) -> None:
    hall = made.hall(people)
    data = {
        "name": "上午场", "paper": hall.paper.pk, "opens_at": "2026-12-01T09:00", "ends_at": "2026-12-01T11:00",
    } | changes  # fmt: skip
    response = desk.post(reverse("exams:manage_sitting_create", args=[hall.exam.code]), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="上午场"' in response.content.decode()
    assert Sitting.objects.count() == 1


def test_unit_is_registered_and_the_refused_are_named(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    hall.candidate(people.learner)
    office = OfficerFactory(unit=people.team, is_enforcement=False)
    address = reverse("exams:manage_register", args=[hall.sitting.code])
    listed = desk.get(address, {"unit": people.team.code})
    shown = {posting.officer.service_no: posting.is_registered for posting in listed.context["postings"]}
    assert shown == {"A1001": True, "A1002": False, "C7001": False, office.service_no: False}
    response = desk.post(address, {"unit": people.team.code, "officer": ["A1001", "A1002", "X9001"]})
    registration = response.context["registration"]
    assert [candidacy.officer.name for candidacy in registration.registered] == ["周明"]
    assert [(officer.service_no, reason) for officer, reason in registration.refused] == [("A1001", "已登记在本场次")]
    page = response.content.decode()
    assert "周明" in page
    assert "已登记在本场次" in page
    assert not Candidacy.objects.filter(officer=people.outsider).exists()


def test_all_of_a_unit_are_its_enforcement_officers_not_yet_listed(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    hall.candidate(people.learner)
    office = OfficerFactory(unit=people.team, is_enforcement=False)
    desk.post(reverse("exams:manage_register", args=[hall.sitting.code]), {"unit": people.team.code, "all": "1"})
    listed = set(Candidacy.objects.values_list("officer__service_no", flat=True))
    assert listed == {"A1001", "A1002", "C7001"}
    assert office.service_no not in listed


def test_a_unit_is_chosen_before_officers_are_listed(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    address = reverse("exams:manage_register", args=[hall.sitting.code])
    page = desk.get(address)
    assert page.status_code == 200
    assert list(page.context["postings"]) == []
    assert [unit.code for unit, _label in page.context["units"]] == ["SZ", "SZ-ST", "SZ-ST-01"]
    assert desk.post(address, {"all": "1"}).status_code == 422


def test_nobody_ticked_is_said_and_the_list_is_shown_again(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    address = reverse("exams:manage_register", args=[hall.sitting.code])
    response = desk.post(address, {"unit": people.team.code})
    assert response.status_code == 422
    assert "请至少勾选一人" in response.content.decode()
    assert "周明" in response.content.decode()


def test_units_of_others_cannot_be_chosen(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    address = reverse("exams:manage_register", args=[hall.sitting.code])
    assert desk.get(address, {"unit": people.other_city.code}).status_code == 404
    data = {"unit": people.other_city.code, "officer": "X9001"}
    assert desk.post(address, data).status_code == 404


@pytest.mark.parametrize(
    ("act", "field", "state"),
    [("admit", "reason", CandidacyState.ADMITTED), ("withdraw", "reason", CandidacyState.WITHDRAWN)],
)
def test_candidate_is_decided_about_only_with_a_reason(
    desk: Any, people: Any, act: str, field: str, state: CandidacyState
) -> None:
    candidacy = made.hall(people).candidate(people.learner, admitted=False)
    address = reverse("exams:manage_candidate", args=[candidacy.code])
    refused = desk.post(address, {"act": act, f"{act}-reason": "  "})
    assert refused.status_code == 422
    assert field in refused.context["forms"][act].errors
    assert desk.post(address, {"act": act, f"{act}-reason": "学时证明已核对"}).status_code == 302
    candidacy.refresh_from_db()
    assert candidacy.state == state


@pytest.mark.fault("F10")
def test_f10_extra_time_moves_the_deadline_of_a_running_attempt(desk: Any, people: Any) -> None:
    attempt = made.hall(people).attempt(people.learner)
    before = attempt.deadline_at
    address = reverse("exams:manage_candidate", args=[attempt.candidacy.code])
    given = {"act": "extra_time", "extra_time-minutes": "12", "extra_time-reason": "停电"}
    assert desk.post(address, given).status_code == 302
    attempt.refresh_from_db()
    assert attempt.deadline_at - before == timedelta(minutes=12)
    assert "12 分钟：停电" in desk.get(address).content.decode()
    hand_in(attempt)
    late = desk.post(address, given)
    assert late.status_code == 409
    assert "已交卷" in late.content.decode()


def test_withdrawing_a_candidate_who_has_begun_is_refused(desk: Any, people: Any) -> None:
    attempt = made.hall(people).attempt(people.learner)
    address = reverse("exams:manage_candidate", args=[attempt.candidacy.code])
    assert desk.post(address, {"act": "withdraw", "withdraw-reason": "误登记"}).status_code == 409


def test_monitor_lets_what_needs_a_person_rise(client: Any, people: Any) -> None:
    hall = made.hall(people)
    handed = hand_in(hall.attempt(people.learner), wrong=2)
    silent = hall.attempt(people.colleague)
    Attempt.objects.filter(pk=silent.pk).update(last_seen_at=clock.now() - timedelta(minutes=5))
    waiting = hall.candidate(people.unit_chief, admitted=False)
    client.force_login(people.invigilator)
    response = client.get(reverse("exams:manage_monitor", args=[hall.sitting.code]))
    seats = [(seat.officer.service_no, seat.is_silent, seat.row.answered) for seat in response.context["rows"]]
    assert seats == [
        ("A1002", True, 0),
        (waiting.officer.service_no, False, None),
        (handed.candidacy.officer.service_no, False, 7),
    ]
    assert response.context["counts"] == {
        "due": 3, "absent": 1, "waiting": 1, "running": 1, "silent": 1, "handed_in": 1,
    }  # fmt: skip
    page = response.content.decode()
    assert "已答 7 / 9 题" in page
    assert reverse("exams:manage_candidate", args=[waiting.code]) not in page


def test_monitor_refreshes_the_wall_alone(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    hall.attempt(people.learner)
    page = desk.get(reverse("exams:manage_monitor", args=[hall.sitting.code]), headers=HTMX).content.decode()
    assert page.lstrip().startswith('<div id="wall"')
    assert 'hx-trigger="every 10s"' in page
    assert "<html" not in page
    assert "李慧敏" in page


@pytest.mark.parametrize("count", [1, 3])
def test_monitor_reads_the_same_number_of_queries_for_one_and_three(
    desk: Any, people: Any, count: int, django_assert_num_queries: Any
) -> None:
    hall = made.hall(people)
    for officer in (people.learner, people.colleague, people.unit_chief)[:count]:
        hand_in(hall.attempt(officer))
    address = reverse("exams:manage_monitor", args=[hall.sitting.code])
    desk.get(address)
    with django_assert_num_queries(8):
        desk.get(address)


@pytest.mark.parametrize("count", [1, 3])
def test_candidates_read_the_same_number_of_queries_for_one_and_three(
    desk: Any, people: Any, count: int, django_assert_num_queries: Any
) -> None:
    hall = made.hall(people)
    for officer in (people.learner, people.colleague, people.unit_chief)[:count]:
        hall.attempt(officer)
    address = reverse("exams:manage_sitting", args=[hall.sitting.code])
    desk.get(address)
    with django_assert_num_queries(9):
        desk.get(address)


def test_release_page_names_what_blocks(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    graded(hall, people.learner)
    hand_in(hall.attempt(people.colleague))
    close_entry(hall)
    address = reverse("exams:manage_release", args=[hall.exam.code])
    response = desk.get(address)
    assert "1" in response.context["blocked"]
    assert not any("<form" in part and 'name="number"' in part for part in response.content.decode().split("</form>"))
    assert desk.post(address, {"number": "1"}).status_code == 409
    hall.exam.refresh_from_db()
    assert hall.exam.state == ExamState.SEALED


def test_release_shows_figures_and_releases_the_number_confirmed(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    graded(hall, people.learner)
    graded(hall, people.colleague, wrong=6)
    hall.candidate(people.unit_chief)
    close_entry(hall)
    address = reverse("exams:manage_release", args=[hall.exam.code])
    figures = desk.get(address).context["figures"]
    assert (figures.due, figures.count, figures.passed, str(figures.pass_rate)) == (3, 2, 1, "50.0")
    assert [step.count for step in figures.histogram] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    assert str(figures.mean) == "65.00"
    assert desk.post(address, {"number": "3"}).status_code == 409
    hall.exam.refresh_from_db()
    assert hall.exam.state == ExamState.SEALED
    assert desk.post(address, {"number": "2"})["Location"] == address
    hall.exam.refresh_from_db()
    assert hall.exam.state == ExamState.RELEASED
    assert "成绩已发布" in desk.get(address).content.decode()
    assert desk.post(address, {"number": "0"}).status_code == 409


def test_exam_page_goes_from_step_to_step(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    address = reverse("exams:manage_exam", args=[hall.exam.code])

    def now() -> str:
        step = desk.get(address).context["current"]
        return step.label if step else ""

    assert now() == "登记考生"
    attempt = hall.attempt(people.learner)
    assert now() == "组织考试"
    hand_in(attempt)
    assert now() == "阅卷"
    api.grade(attempt)
    close_entry(hall)
    assert now() == "发布成绩"
    api.release(hall.exam, by=people.exam_officer)
    assert now() == ""


@pytest.mark.fault("F33")
def test_f33_score_sheet_waits_for_the_release(client: Any, people: Any) -> None:
    hall = made.hall(people)
    graded(hall, people.learner)
    close_entry(hall)
    address = reverse("exams:manage_score_sheet", args=[hall.exam.code])
    client.force_login(people.hr)
    assert client.post(address).status_code == 409
    assert not Job.objects.exists()
    assert hall.exam.title not in client.get(reverse("exams:manage_score_sheets")).content.decode()
    api.release(hall.exam, by=people.exam_officer)
    assert hall.exam.title in client.get(reverse("exams:manage_score_sheets")).content.decode()
    response = client.post(address)
    job = Job.objects.get()
    assert response["Location"] == reverse("common:job", args=[job.code])
    assert (job.kind, job.owner, job.arguments) == ("exams.score_sheet", people.hr, {"exam": hall.exam.pk})
