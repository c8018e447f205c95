import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from common import clock
from common.throttle import Limit
from tests.factories import training as factory
from training.enums import CertificateState
from training.models import Certificate

pytestmark = [pytest.mark.django_db, pytest.mark.fault("F38")]


@pytest.fixture
def held(people):
    return factory.certificate(people, people.learner)


def ask(client, number, code):
    return client.get(reverse("training:verify"), {"number": number, "code": code})


def test_f38_number_and_code_together_show_a_masked_name_only(client, people, held):
    answer = ask(client, held.number, held.verify_code)
    assert answer.status_code == 200
    assert "李*敏" in answer.text
    assert people.learner.name not in answer.text
    assert people.learner.service_no not in answer.text
    assert held.facts["score"] not in answer.text
    assert people.team.name in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_f38_a_wrong_number_and_a_wrong_code_get_the_same_page(client, held):
    wrong_code = ask(client, held.number, "AAAAAAAA")
    wrong_number = ask(client, "MF20260000000", held.verify_code)
    nothing = ask(client, "'; --", "x" * 500)
    only_number = ask(client, held.number, "")
    answers = [wrong_code, wrong_number, nothing, only_number]
    assert {answer.status_code for answer in answers} == {404}
    # The language switch above carries a token of its own; what is said about the certificate does not differ.
    assert len({re.search(r"<main.*</main>", answer.text, re.S).group() for answer in answers}) == 1


def test_what_is_typed_from_paper_is_understood(client, held):
    spaced = f" {held.number[:6]} {held.number[6:]} ".lower()
    wide = "".join(chr(ord(character) + 0xFEE0) for character in held.verify_code)
    assert ask(client, spaced, wide).status_code == 200


def test_the_state_is_todays(client, held):
    with time_machine.travel(clock.now() + timedelta(days=5 * 366), tick=True):
        assert "已过期" in ask(client, held.number, held.verify_code).text
    Certificate.objects.filter(pk=held.pk).update(state=CertificateState.REVOKED)
    assert "已吊销" in ask(client, held.number, held.verify_code).text


def test_f38_look_ups_are_limited_by_address(client, held, settings):
    settings.MINGFA_VERIFY_PER_MINUTE = 3
    asked = [ask(client, "MF20260000000", "AAAAAAAA").status_code for _ in range(4)]
    assert asked == [404, 404, 404, 429]
    slow = ask(client, held.number, held.verify_code)
    assert slow.status_code == 429
    assert slow.headers["Retry-After"] == "60"
    assert "李*敏" not in slow.text
    elsewhere = client.get(
        reverse("training:verify"),
        {"number": held.number, "code": held.verify_code},
        REMOTE_ADDR="10.0.0.9",
    )
    assert elsewhere.status_code == 200


def test_the_empty_form_is_not_counted(client, settings):
    settings.MINGFA_VERIFY_PER_MINUTE = 1
    assert [client.get(reverse("training:verify")).status_code for _ in range(3)] == [200, 200, 200]


def test_the_window_slides():
    limit = Limit("test", requests=4)
    # A whole minute, so that the window's beginning is known.
    start = clock.now().replace(second=0, microsecond=0)
    late = start + timedelta(seconds=59)
    assert [limit.allows("a", at=late) for _ in range(5)] == [True] * 4 + [False]
    assert not limit.allows("a", at=start + timedelta(seconds=61))
    assert limit.allows("a", at=start + timedelta(seconds=119))
    assert limit.allows("b", at=late)
