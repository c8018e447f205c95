"""What somebody tries who wants more than is hers: other people's logins, papers before their time, endless saves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cms.queries import courses
from common import clock
from common.errors import NotPermitted
from exams import api
from exams.domain import attempts, responses, room_tokens
from exams.enums import EventKind
from exams.errors import TooMany, UnknownItem
from personnel.api import accounts, roles
from personnel.enums import Role
from tests.factories import exams as make
from tests.factories.personnel import OfficerFactory
from tests.personas import People, login

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("admin", ["security_admin", "system_admin", "audit_admin"])
def test_hr_cannot_log_in_as_one_of_the_three_administrators(people: People, admin: str) -> None:
    target = getattr(people, admin)
    page = login(people.hr)
    answer = page.post(f"/personnel/officer/{target.service_no}/password/")
    before = target.password
    target.refresh_from_db()
    assert answer.status_code == 403
    assert target.password == before
    assert "/password/" not in page.get(f"/personnel/officer/{target.service_no}/").text


def test_hr_of_a_team_cannot_log_in_as_whoever_has_a_role_over_the_city(people: People) -> None:
    clerk = OfficerFactory(service_no="H4900", unit=people.team, roles=(Role.HR,), role_unit=people.team)
    target = OfficerFactory(service_no="E3900", unit=people.team)
    accounts.issue_initial_password(target, by=clerk)
    roles.grant(target, Role.EXAM_OFFICER, people.city, by=people.security_admin)
    with pytest.raises(NotPermitted):
        accounts.issue_initial_password(target, by=clerk)
    assert accounts.issue_initial_password(target, by=people.hr)


def test_the_system_administrator_still_helps_the_other_administrators(people: People) -> None:
    assert accounts.issue_initial_password(people.audit_admin, by=people.system_admin)


def test_a_sealed_paper_stays_closed_until_a_sitting_of_it_opens(people: People, monkeypatch: Any) -> None:
    hall = make.hall(people)
    address = f"/api/room/papers/{hall.paper.digest}"
    opens_at = hall.sitting.opens_at
    with monkeypatch.context() as earlier:
        earlier.setattr(clock, "now", lambda: opens_at - timedelta(seconds=1))
        assert Client().get(address).status_code == 404
    assert Client().get(address).status_code == 200


def test_a_flood_of_events_is_not_written_down(people: People, monkeypatch: Any) -> None:
    monkeypatch.setattr(attempts, "NOTED_LINKS", 10)
    attempt = make.hall(people).attempt(people.learner)
    token = room_tokens.read(room_tokens.issue(attempt), code=attempt.code)
    saved = api.save(token, seq=1, answers=[], events=[EventKind.OFFLINE] * 50, at=clock.now())
    assert saved.attempt.chain_length == 10
    assert attempt.events.count() == 10


def test_endless_saves_end(people: People, monkeypatch: Any) -> None:
    monkeypatch.setattr(attempts, "LINKS_LIMIT", 3)
    attempt = make.hall(people).attempt(people.learner)
    token = room_tokens.read(room_tokens.issue(attempt), code=attempt.code)
    answers = make.right_answers(attempt)[:1]
    for seq in (1, 2):
        api.save(token, seq=seq, answers=answers, at=clock.now())
    with pytest.raises(TooMany):
        api.save(token, seq=3, answers=answers, at=clock.now())
    # Handing in what is there stays possible.
    assert api.submit(token, seq=4, answers=[], at=clock.now()).receipt


def test_a_batch_names_no_more_items_than_the_paper_has(people: People) -> None:
    attempt = make.hall(people).attempt(people.learner)
    answers = make.right_answers(attempt)
    responses.check_answers(attempt.code, answers)
    with pytest.raises(UnknownItem):
        responses.check_answers(attempt.code, [*answers, answers[0]])


def test_the_editor_has_no_login_of_its_own(client: Client) -> None:
    answer = client.get("/cms/login/?next=/cms/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/cms/")
    assert client.post("/cms/login/", {"username": "a1001", "password": "x"}).status_code == 302


@pytest.mark.parametrize("address", ["/account/profile/", "/exams/", "/certificates/", "/content/search/"])
def test_no_cache_keeps_what_somebody_sees_logged_in(people: People, address: str) -> None:
    assert "no-store" in login(people.learner).get(address)["Cache-Control"]


def test_the_room_answers_are_kept_by_no_cache_and_carry_every_header(client: Client) -> None:
    assert client.get("/api/room/attempts/ABC")["Cache-Control"] == "no-store"
    nothing = client.get("/api/room/xyz")
    assert nothing.status_code == 404
    assert "Content-Security-Policy" in nothing
    assert nothing["X-Content-Type-Options"] == "nosniff"


def test_numbers_that_are_none_are_refused_and_not_run_into(people: People) -> None:
    page = login(people.security_admin)
    answer = page.post(
        f"/personnel/officer/{people.learner.service_no}/roles/revoke/", {"grant": "9" * 5000, "reason": "测试测试"}
    )
    assert answer.status_code == 404
    exam = make.hall(people).exam
    typed = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-question_type": "single",
        "form-0-knowledge_point": "²",
        "form-0-count": "²",
        "form-0-marks_each": "1",
    }
    for extra in ({"count_anew": ""}, {}, {"add_row": "", "form-TOTAL_FORMS": "9" * 5000}):
        answer = login(people.exam_officer).post(f"/exams/manage/{exam.code}/blueprint/", {**typed, **extra})
        assert answer.status_code in (200, 409, 422), extra


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_audit_log_finds_nothing_on_days_at_the_ends_of_time(people: People, day: str) -> None:
    assert login(people.auditor).get(f"/personnel/audit/?day={day}").status_code == 200


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_no_sitting_is_set_at_the_ends_of_time(people: People, year: str) -> None:
    hall = make.hall(people)
    typed = {
        "name": "第二场",
        "paper": hall.paper.pk,
        "opens_at": f"{year}-12-31T09:00",
        "ends_at": f"{year}-12-31T10:00",
    }
    answer = login(people.exam_officer).post(f"/exams/manage/{hall.exam.code}/sittings/new/", typed)
    assert answer.status_code == 422
    assert hall.exam.sittings.count() == 1


def test_a_form_of_a_paper_is_one_letter(people: People) -> None:
    hall = make.hall(people)
    answer = login(people.exam_officer).post(f"/exams/manage/{hall.exam.code}/draw/", {"form": "BC"})
    assert answer.status_code == 422
    assert hall.exam.papers.count() == 1


def test_a_trainer_cannot_take_the_whole_catalogue_offline(people: People) -> None:
    catalogue = courses.catalogue()
    trainer = login(people.trainer)
    trainer.post(f"/cms/pages/{catalogue.pk}/unpublish/")
    trainer.post(f"/cms/bulk/wagtailcore/page/unpublish/?id={catalogue.pk}")
    catalogue.refresh_from_db()
    assert catalogue.live
