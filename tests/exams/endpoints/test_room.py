"""The room's API over HTTP: contract, refusals, and what must never leave the server."""

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from exams import api
from exams.models import Attempt, Response
from tests.factories import exams as make

pytestmark = pytest.mark.django_db


class Room:
    """An officer's page: starts an attempt and calls the API with its token."""

    def __init__(self, officer: Any, candidacy: Any, *, page: str = make.PAGE) -> None:
        self.client = Client(enforce_csrf_checks=False)
        self.client.force_login(officer)
        self.start_url = f"/api/room/candidacies/{candidacy.code}/start"
        self.page = page
        self.seen: list[str] = []

    def start(self, **extra: Any) -> Any:
        response = self.client.post(
            self.start_url, json.dumps({"page": self.page, **extra}), content_type="application/json"
        )
        if response.status_code == 200:
            self.state = response.json()
            self.headers = {"Authorization": f"Bearer {self.state['token']}"}
            self.base = f"/api/room/attempts/{self.state['attempt']}"
        return self.note(response)

    def note(self, response: Any) -> Any:
        body = response.content
        self.seen.append(
            gzip.decompress(body).decode() if response.get("Content-Encoding") == "gzip" else body.decode()
        )
        self.seen.append(str(response.headers))
        return response

    def save(self, seq: int, *answers: Any, headers: Any = None, **extra: Any) -> Any:
        body = {"seq": seq, "answers": list(answers), **extra}
        return self.note(
            Client().put(
                f"{self.base}/responses",
                json.dumps(body),
                content_type="application/json",
                headers=self.headers if headers is None else headers,
            )
        )

    def resume(self) -> Any:
        return self.note(Client().get(self.base, headers=self.headers))

    def submit(self, seq: int, *answers: Any) -> Any:
        return self.note(
            Client().post(
                f"{self.base}/submit",
                json.dumps({"seq": seq, "answers": list(answers)}),
                content_type="application/json",
                headers=self.headers,
            )
        )

    def answer(self, item: int, *options: int) -> dict[str, Any]:
        row = self.state["layout"][item]
        return {"item": row["item"], "value": [row["options"][option] for option in options]}


@pytest.fixture
def hall(people: Any) -> make.Hall:
    return make.hall(people)


@pytest.fixture
def room(hall: make.Hall, people: Any) -> Room:
    opened = Room(people.learner, hall.candidate(people.learner))
    assert opened.start().status_code == 200
    return opened


def test_a_whole_sitting(room: Room, hall: make.Hall) -> None:
    assert 29 * 60_000 < room.state["remaining_ms"] <= 30 * 60_000
    paper = room.note(Client().get(room.state["paper"]))
    assert paper["Cache-Control"] == "public, max-age=31536000, immutable"
    items = json.loads(gzip.decompress(paper.content))["items"]
    assert len(items) == len(room.state["layout"]) == 9
    saved = room.save(1, room.answer(0, 1), events=[{"kind": "offline"}, {"kind": "online"}])
    assert saved.status_code == 200
    assert (saved.json()["seq"], saved.json()["state"]) == (1, "in_progress")
    resumed = room.resume().json()
    assert resumed["answers"] == {room.answer(0, 1)["item"]: room.answer(0, 1)["value"]}
    assert resumed["layout"] == room.state["layout"]
    handed_in = room.submit(2, room.answer(1, 0)).json()
    assert handed_in["state"] == "submitted"
    assert handed_in["receipt"].startswith(room.state["attempt"])


def test_sign_of_life_writes_no_answer_and_tells_the_time_left(room: Room, hall: make.Hall, people: Any) -> None:
    before = room.save(0).json()["remaining_ms"]
    attempt = Attempt.objects.get()
    api.give_extra_time(attempt.candidacy, 10, reason="设备故障", by=people.exam_officer)
    after = room.save(0).json()["remaining_ms"]
    assert after - before > 9 * 60_000
    assert not Response.objects.exists()


@pytest.mark.fault("F06")
def test_f06_retried_save_over_http_is_one_row(room: Room) -> None:
    first = room.save(1, room.answer(0, 1), events=[{"kind": "screen_left"}]).json()
    again = room.save(1, room.answer(0, 1), events=[{"kind": "screen_left"}]).json()
    assert first["seq"] == again["seq"] == 1
    assert Response.objects.count() == 1
    assert Attempt.objects.get().events.filter(kind="screen_left").count() == 1


@pytest.mark.fault("F01")
def test_f01_late_save_over_http_is_refused_with_its_code(room: Room, people: Any) -> None:
    Attempt.objects.update(
        started_at=timezone.now() - timedelta(hours=2), deadline_at=timezone.now() - timedelta(minutes=1)
    )
    refused = room.save(1, room.answer(0, 1))
    assert (refused.status_code, refused.json()["code"]) == (409, "late")
    assert Response.objects.get().is_late
    assert room.resume().json()["answers"] == {}


@pytest.mark.fault("F02")
def test_f02_a_clock_sent_by_the_client_is_refused(room: Room) -> None:
    refused = room.save(1, room.answer(0, 1), client_time="2030-01-01T00:00:00Z")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_input")


@pytest.mark.fault("F17")
def test_f17_start_needs_the_csrf_token(hall: make.Hall, people: Any) -> None:
    candidacy = hall.candidate(people.learner)
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.learner)
    response = client.post(
        f"/api/room/candidacies/{candidacy.code}/start",
        json.dumps({"page": make.PAGE}),
        content_type="application/json",
    )
    assert response.status_code == 403
    assert not Attempt.objects.exists()


@pytest.mark.fault("F17")
def test_f17_save_from_a_foreign_origin_writes_nothing(room: Room) -> None:
    refused = room.save(1, room.answer(0, 1), headers={**room.headers, "Origin": "https://elsewhere.example"})
    assert (refused.status_code, refused.json()["code"]) == (409, "foreign_origin")
    assert not Response.objects.exists()
    assert room.save(1, room.answer(0, 1), headers={**room.headers, "Origin": "http://testserver"}).status_code == 200


@pytest.mark.fault("F32")
@pytest.mark.fault("F33")
def test_f32_no_response_of_the_room_carries_key_explanation_or_score(room: Room, hall: make.Hall) -> None:
    room.note(Client().get(room.state["paper"]))
    attempt = Attempt.objects.get()
    answers = make.right_answers(attempt)
    room.save(1, answers[0])
    room.save(2, {"item": "NOPE", "value": []})
    room.resume()
    room.submit(3, *answers[1:])
    api.grade(Attempt.objects.get())
    room.resume()
    room.start()
    everything = "\n".join(room.seen)
    assert make.CANARY not in everything
    for word in ('"key"', '"right"', "explanation", "score", "is_correct", '"band"', "has_passed"):
        assert word not in everything
    # Options carry this attempt's random names, never the bank's letters.
    assert all(len(name) == 5 for row in room.state["layout"] for name in row["options"])


@pytest.mark.fault("F32")
def test_f32_saving_right_and_wrong_answers_looks_the_same(room: Room) -> None:
    layout_item = room.state["layout"][0]
    sizes = set()
    for seq, option in enumerate(layout_item["options"], start=1):
        response = room.save(seq, {"item": layout_item["item"], "value": [option]})
        sizes.add((response.status_code, tuple(sorted(response.json())), len(response.json()["receipt"])))
    assert len(sizes) == 1


@pytest.mark.fault("F34")
@pytest.mark.parametrize(
    "extra",
    [
        {"score": 100},
        {"is_correct": True},
        {"status": "submitted"},
        {"user": 1},
        {"seq": "1"},
        {"events": [{"kind": "submitted"}]},
    ],
)
def test_f34_unknown_or_mistyped_fields_are_refused(room: Room, extra: dict[str, Any]) -> None:
    refused = (
        room.save(1, room.answer(0, 1), **{key: value for key, value in extra.items() if key != "seq"})
        if ("seq" not in extra)
        else room.save(extra["seq"], room.answer(0, 1))
    )
    assert refused.status_code == 422
    assert not Response.objects.exists()


@pytest.mark.fault("F35")
def test_f35_foreign_items_and_options_are_refused_whole(room: Room) -> None:
    good, other = room.answer(0, 1), room.answer(1, 0)
    for bad in (
        {"item": "XXXXX", "value": []},
        {"item": good["item"], "value": other["value"]},
        {"item": good["item"], "value": [good["value"][0], good["value"][0]]},
        {"item": good["item"], "value": ["A"]},
    ):
        refused = room.save(1, good, bad)
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown_item")
    assert not Response.objects.exists()


@pytest.mark.fault("F35")
def test_f35_names_of_another_attempt_mean_nothing_here(room: Room, hall: make.Hall, people: Any) -> None:
    other = Room(people.colleague, hall.candidate(people.colleague))
    other.start()
    assert room.save(1, other.answer(0, 1)).status_code == 422


@pytest.mark.fault("F36")
def test_f36_attempts_of_others_do_not_exist(room: Room, hall: make.Hall, people: Any) -> None:
    for officer in (people.colleague, people.exam_officer, people.outsider):
        stranger = Client()
        stranger.force_login(officer)
        response = stranger.post(room.start_url, json.dumps({"page": make.PAGE}), content_type="application/json")
        assert response.status_code == 404
    other = Room(people.colleague, hall.candidate(people.colleague))
    other.start()
    crossed = Client().get(room.base, headers=other.headers)
    assert (crossed.status_code, crossed.json()["code"]) == (401, "token_invalid")


@pytest.mark.parametrize("change", ["", "Bearer ", "Bearer x.1.1.abc", "lease", "signature"])
def test_a_changed_token_opens_nothing(room: Room, change: str) -> None:
    token = room.state["token"]
    code, key, lease, signature = token.split(".")
    headers = {
        "lease": f"Bearer {code}.{key}.{int(lease) + 1}.{signature}",
        "signature": f"Bearer {code}.{key}.{lease}.{'0' * len(signature)}",
    }
    refused = room.save(1, room.answer(0, 1), headers={"Authorization": headers.get(change, change)})
    assert refused.status_code == 401
    assert not Response.objects.exists()


def test_login_may_end_while_the_page_goes_on(room: Room) -> None:
    """F14: the room's calls carry their own token."""
    room.client.logout()
    assert room.save(1, room.answer(0, 1)).status_code == 200


def test_anonymous_start_asks_for_the_login(hall: make.Hall, people: Any) -> None:
    candidacy = hall.candidate(people.learner)
    response = Client().post(
        f"/api/room/candidacies/{candidacy.code}/start",
        json.dumps({"page": make.PAGE}),
        content_type="application/json",
    )
    assert (response.status_code, response.json()["code"]) == (401, "login_needed")


def test_refusals_speak_the_language_of_the_page(room: Room) -> None:
    chinese = room.save(1, {"item": "XXXXX", "value": []}).json()["message"]
    english = room.save(
        1, {"item": "XXXXX", "value": []}, headers={**room.headers, "Cookie": "django_language=en"}
    ).json()["message"]
    assert english.startswith("An answer names")
    assert chinese != english


def test_a_save_costs_four_statements(room: Room, django_assert_num_queries: Any) -> None:
    room.save(1, room.answer(0, 1))
    # Savepoint and release stand for the transaction; PostgreSQL inserts and updates in one round trip.
    with django_assert_num_queries(5 if connection.vendor == "sqlite" else 4):
        room.save(2, room.answer(0, 2))


def test_unknown_paper_is_not_found() -> None:
    assert Client().get(f"/api/room/papers/{'0' * 64}").status_code == 404
