"""The candidate's pages: her list, an exam before entry, the room's shell, receipt and result."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from common import clock
from exams import api
from exams.models import Attempt, Result
from exams.queries import standing
from tests.factories import exams as made

pytestmark = pytest.mark.django_db


def hand_in(attempt: Attempt, *, wrong: int = 0) -> Attempt:
    token = api.RoomToken(attempt.code, attempt.pk, attempt.lease)
    answers = made.right_answers(attempt, wrong=wrong)
    return api.submit(token, seq=1, answers=answers, at=clock.now())


def text(response: Any) -> str:
    return response.content.decode()


def test_overview_says_why_there_is_nothing(client: Any, people: Any) -> None:
    client.force_login(people.learner)
    response = client.get(reverse("exams:my_exams"))
    assert response.status_code == 200
    assert "您还没有登记任何考试" in text(response)


def test_overview_parts_now_coming_and_past(client: Any, people: Any) -> None:
    made.hall(people).candidate(people.learner)
    made.hall(people, opened_minutes_ago=-60).candidate(people.learner, admitted=False)
    done = made.hall(people).attempt(people.learner)
    hand_in(done)
    client.force_login(people.learner)
    response = client.get(reverse("exams:my_exams"))
    groups = {name: [entry.standing.label for entry in response.context[name]] for name in ("now", "coming", "past")}
    assert {name: [str(label) for label in labels] for name, labels in groups.items()} == {
        "now": ["开放中"],
        "coming": ["尚未准考"],
        "past": ["已交卷"],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_overview_reads_the_same_number_of_queries_for_one_and_three(
    client: Any, people: Any, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        made.hall(people).candidate(people.learner)
    client.force_login(people.learner)
    client.get(reverse("exams:my_exams"))
    with django_assert_num_queries(4):
        client.get(reverse("exams:my_exams"))


def test_candidacy_tells_time_place_and_rules_and_opens_the_door(client: Any, people: Any) -> None:
    candidacy = made.hall(people).candidate(people.learner)
    client.force_login(people.learner)
    response = client.get(reverse("exams:candidacy", args=[candidacy.code]))
    assert reverse("exams:room", args=[candidacy.code]) in text(response)
    assert "30 分钟" in text(response)
    assert "9 · 单选题 4 · 多选题 2 · 判断题 3" in text(response)


def test_candidacy_not_admitted_names_the_reason_instead_of_a_door(client: Any, people: Any) -> None:
    candidacy = made.hall(people).candidate(people.learner, admitted=False)
    client.force_login(people.learner)
    page = text(client.get(reverse("exams:candidacy", args=[candidacy.code])))
    assert reverse("exams:room", args=[candidacy.code]) not in page
    assert "完成规定的学习后" in page


@pytest.mark.parametrize("name", ["candidacy", "room"])
@pytest.mark.parametrize("person", ["colleague", "outsider", "exam_officer"])
def test_candidacy_and_room_of_another_are_not_there(client: Any, people: Any, name: str, person: str) -> None:
    candidacy = made.hall(people).candidate(people.learner)
    client.force_login(getattr(people, person))
    assert client.get(reverse(f"exams:{name}", args=[candidacy.code])).status_code == 404


def test_room_shell_starts_nothing_and_holds_no_question(client: Any, people: Any) -> None:
    candidacy = made.hall(people).candidate(people.learner)
    client.force_login(people.learner)
    response = client.get(reverse("exams:room", args=[candidacy.code]))
    assert response.status_code == 200
    assert not Attempt.objects.exists()
    assert "下列说法" not in text(response)
    assert made.CANARY not in text(response)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.fault("F18")
def test_f18_room_cannot_be_framed(client: Any, people: Any) -> None:
    candidacy = made.hall(people).candidate(people.learner)
    client.force_login(people.learner)
    response = client.get(reverse("exams:room", args=[candidacy.code]))
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_receipt_names_number_and_answers_but_never_a_score(client: Any, people: Any) -> None:
    attempt = hand_in(made.hall(people).attempt(people.learner), wrong=2)
    api.grade(attempt)
    client.force_login(people.learner)
    page = text(client.get(reverse("exams:receipt", args=[attempt.code])))
    assert attempt.receipt in page
    assert "7 / 9" in page
    assert "75" not in page.split("<main")[1].replace(str(attempt.receipt), "")


def test_receipt_is_there_for_its_candidate_only(client: Any, people: Any) -> None:
    attempt = hand_in(made.hall(people).attempt(people.learner))
    for person in ("colleague", "outsider", "exam_officer", "hr"):
        client.force_login(getattr(people, person))
        assert client.get(reverse("exams:receipt", args=[attempt.code])).status_code == 404


def test_receipt_of_a_running_attempt_is_not_there(client: Any, people: Any) -> None:
    attempt = made.hall(people).attempt(people.learner)
    client.force_login(people.learner)
    assert client.get(reverse("exams:receipt", args=[attempt.code])).status_code == 404


@pytest.mark.fault("F33")
def test_f33_result_is_not_there_before_its_release(client: Any, people: Any) -> None:
    result = api.grade(hand_in(made.hall(people).attempt(people.learner)))
    client.force_login(people.learner)
    assert client.get(reverse("exams:result", args=[result.code])).status_code == 404
    assert result.code not in text(client.get(reverse("exams:my_exams")))


def release(people: Any, *, wrong: int) -> Result:
    hall = made.hall(people)
    result = api.grade(hand_in(hall.attempt(people.learner), wrong=wrong))
    api.release(hall.exam, by=people.exam_officer)
    return result


@pytest.mark.parametrize(("wrong", "verdict"), [(0, "您已通过考试"), (6, "您本次未通过考试")])
def test_result_says_in_words_what_it_came_to(client: Any, people: Any, wrong: int, verdict: str) -> None:
    result = release(people, wrong=wrong)
    client.force_login(people.learner)
    page = text(client.get(reverse("exams:result", args=[result.code])))
    assert verdict in page
    assert "处罚程序" in page
    assert "证据规则" in page
    assert made.CANARY not in page


def test_result_is_seen_by_role_in_the_subtree_and_by_nobody_else(client: Any, people: Any) -> None:
    result = release(people, wrong=0)
    expected = {"colleague": 404, "outsider": 404, "trainer": 404, "hr": 200, "exam_officer": 200}
    seen = {}
    for person in expected:
        client.force_login(getattr(people, person))
        seen[person] = client.get(reverse("exams:result", args=[result.code])).status_code
    assert seen == expected


@pytest.mark.parametrize("name", ["my_exams"])
def test_anonymous_is_sent_to_the_login(client: Any, name: str) -> None:
    response = client.get(reverse(f"exams:{name}"))
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


def test_standing_after_entry_has_closed_is_not_sat(people: Any) -> None:
    candidacy = made.hall(people).candidate(people.learner)
    at = candidacy.sitting.entry_closes_at + timedelta(seconds=1)
    assert str(standing.of(candidacy, at=at).label) in ("Not sat", "未参加")
    assert not standing.of(candidacy, at=at).can_enter


def test_standing_past_the_deadline_no_longer_offers_the_room(people: Any) -> None:
    attempt = made.hall(people).attempt(people.learner)
    candidacy = attempt.candidacy
    assert standing.of(candidacy, at=attempt.deadline_at - timedelta(seconds=1)).can_enter
    assert not standing.of(candidacy, at=attempt.deadline_at).can_enter
