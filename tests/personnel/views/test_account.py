"""Getting in, staying in, getting out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client

from common import idle
from common.models import AuditEvent
from personnel.api import accounts
from tests.factories.personnel import PASSWORD
from tests.personas import People, login

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


def _try(client: Client, number: str, password: str = PASSWORD, **extra: str) -> int:
    return client.post(LOGIN, {"username": number, "password": password}, **extra).status_code


def test_an_officer_gets_in_with_her_number_in_any_writing(people: People, client: Client) -> None:
    assert _try(client, " a1001 ") == 302
    assert client.get("/account/profile/").context["officer"] == people.learner


def test_the_way_in_leads_on_to_where_she_wanted_and_nowhere_else(people: People, client: Client) -> None:
    answer = client.get("/account/profile/")
    assert answer.url == f"{LOGIN}?next=/account/profile/"
    data = {"username": "A1001", "password": PASSWORD}
    assert client.post(LOGIN, {**data, "next": "/account/profile/"}).url == "/account/profile/"
    assert Client().post(LOGIN, {**data, "next": "https://elsewhere.example/"}).url == "/"


@pytest.mark.fault("F15")
def test_f15_a_session_set_beforehand_is_dead_after_login(people: People) -> None:
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    assert _try(client, "A1001") == 302
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/account/profile/").status_code == 302


@pytest.mark.fault("F39")
def test_f39_unknown_wrong_closed_and_without_password_read_the_same(people: People, client: Client) -> None:
    accounts.disable(people.colleague, by=people.hr)
    accounts.create_officer(service_no="N1", name="王新", by=people.hr)
    answers = [
        client.post(LOGIN, {"username": number, "password": password})
        for number, password in [
            ("NOBODY", PASSWORD),
            ("A1001", "wrong"),
            ("A1002", PASSWORD),
            ("N1", PASSWORD),
            ("'; DROP--", PASSWORD),
        ]
    ]
    assert {answer.status_code for answer in answers} == {422}
    summaries = {re.search(r'role="alert".*?</div>', answer.content.decode(), re.S)[0] for answer in answers}  # type: ignore[index]
    assert len(summaries) == 1


class CountingHasher(MD5PasswordHasher):
    """A hasher that counts its work: what takes time at a login is the hash."""

    algorithm = "counting"
    hashes = 0

    def encode(self, password: str, salt: str, *arguments: object) -> str:
        CountingHasher.hashes += 1
        return super().encode(password, salt)


@pytest.mark.fault("F39")
def test_f39_an_unknown_number_costs_as_many_hashes_as_a_wrong_password(people: People, settings: object) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]  # type: ignore[attr-defined]
    accounts.set_password(people.learner, "another-long-word-9", by=people.learner)

    def hashes_for(number: str) -> int:
        before = CountingHasher.hashes
        assert _try(Client(), number, "wrong") == 422
        return CountingHasher.hashes - before

    assert hashes_for("NOBODY") == hashes_for("A1001") == 1


@pytest.mark.fault("F39")
def test_f39_five_failures_lock_this_account_from_this_address_for_a_quarter_of_an_hour(people: People) -> None:
    client = Client()
    with time_machine.travel(datetime(2026, 11, 23, 2, 0, tzinfo=UTC), tick=False) as clock:
        statuses = [_try(client, number, "wrong") for number in ("A1001", "a1001", " A1001", "A1001", "A1001")]
        assert statuses == [422, 422, 422, 422, 429]
        locked = client.post(LOGIN, {"username": "A1001", "password": PASSWORD})
        assert locked.status_code == 429
        assert "personnel/locked_out.html" in [template.name for template in locked.templates]
        assert _try(Client(), "A1001", REMOTE_ADDR="10.9.9.9") == 302
        assert _try(Client(), "A1002") == 302
        clock.shift(timedelta(minutes=16))
        assert _try(client, "A1001") == 302


@pytest.mark.fault("F17")
def test_f17_a_login_or_an_act_without_token_is_refused(people: People) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert _try(strict, "A1001") == 403
    strict.force_login(people.hr, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post("/personnel/officer/A1001/close/", {"reason": "没有令牌"}).status_code == 403
    people.learner.refresh_from_db()
    assert people.learner.is_active


@pytest.mark.fault("F18")
def test_f18_no_page_can_be_framed(people: People, client: Client) -> None:
    for page in (client.get(LOGIN), login(people.hr).get("/personnel/officers/")):
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Frame-Options"] == "DENY"


def test_logging_out_needs_a_post(people: People) -> None:
    session = login(people.learner)
    assert session.get("/account/logout/").status_code == 405
    assert session.post("/account/logout/").url == LOGIN
    assert session.get("/account/profile/").status_code == 302


def test_an_idle_login_ends_and_a_used_one_does_not(people: People) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 2, 0, tzinfo=UTC), tick=False) as clock:
        session = login(people.learner)
        for _visit in range(3):
            assert session.get("/account/profile/").status_code == 200
            clock.shift(timedelta(minutes=29))
        assert session.post("/account/alive/").status_code == 204
        clock.shift(timedelta(minutes=29))
        assert session.get("/account/profile/").status_code == 200
        clock.shift(timedelta(minutes=31))
        gone = session.get("/account/profile/")
        assert gone.url == f"{LOGIN}?next=%2Faccount%2Fprofile%2F"
        assert session.post("/account/alive/").status_code == 401


def test_a_login_that_is_busy_in_the_examination_room_is_not_idle(people: People) -> None:
    start = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        session = login(people.learner)
        session.get("/account/profile/")
        stored = session.session
        idle.stay_until(stored, start + timedelta(minutes=95))
        stored.save()
        clock.shift(timedelta(minutes=120))
        assert session.get("/account/profile/").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert session.get("/account/profile/").status_code == 302


def test_a_part_asked_for_by_htmx_sends_the_whole_page_to_the_login(people: People) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 2, 0, tzinfo=UTC), tick=False) as clock:
        session = login(people.learner)
        session.get("/account/profile/")
        clock.shift(timedelta(minutes=31))
        answer = session.get("/jobs/", headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == LOGIN


def test_an_initial_password_leads_nowhere_but_to_its_change(people: People, client: Client) -> None:
    issued = accounts.issue_initial_password(people.learner, by=people.hr)
    assert _try(client, "A1001", issued) == 302
    assert client.get("/account/profile/").url == "/account/password/"
    assert client.get("/account/password/").status_code == 200
    same = {"old_password": issued, "new_password1": issued, "new_password2": issued}
    assert client.post("/account/password/", same).status_code == 422
    new = {"old_password": issued, "new_password1": "warm-rain-on-tiles", "new_password2": "warm-rain-on-tiles"}
    assert client.post("/account/password/", new).status_code == 302
    assert client.get("/account/profile/").status_code == 200


def test_changing_the_password_keeps_this_login_and_ends_the_others(people: People) -> None:
    here, there = login(people.learner), login(people.learner)
    new = {"old_password": PASSWORD, "new_password1": "warm-rain-on-tiles", "new_password2": "warm-rain-on-tiles"}
    assert here.post("/account/password/", new).status_code == 302
    assert here.get("/account/profile/").status_code == 200
    assert there.get("/account/profile/").status_code == 302
    assert AuditEvent.objects.filter(action="personnel.password_changed", actor_code="A1001").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"old_password": "not-it-at-all"},
        {"new_password1": "short", "new_password2": "short"},
        {"new_password2": "something-else-here"},
        {"new_password1": "A1001A1001", "new_password2": "A1001A1001"},
    ],
)
def test_a_wrong_change_of_password_changes_nothing(people: People, wrong: dict[str, str]) -> None:
    good = {"old_password": PASSWORD, "new_password1": "warm-rain-on-tiles", "new_password2": "warm-rain-on-tiles"}
    assert login(people.learner).post("/account/password/", {**good, **wrong}).status_code == 422
    people.learner.refresh_from_db()
    assert people.learner.check_password(PASSWORD)


def test_the_language_switch_stays_on_the_page_and_speaks(people: People) -> None:
    session = login(people.learner)
    answer = session.post("/language/", {"language": "en", "next": "/account/profile/"})
    assert answer.url == "/account/profile/"
    assert "My account" in session.get("/account/profile/").content.decode()
    session.post("/language/", {"language": "zh-hans", "next": "/"})
    assert "我的账号" in session.get("/account/profile/").content.decode()
