"""Who gets which page of the desk: a written table of view × person."""

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import exams as made

pytestmark = pytest.mark.django_db

PEOPLE = ("exam_officer", "invigilator", "hr", "auditor", "learner", "question_author", "outsider")
# What a GET answers, in the order of PEOPLE. 405: the address takes POST only, and says so to nobody else.
TABLE = {
    "manage": (200, 200, 200, 200, 404, 404, 200),
    "manage_create": (200, 404, 404, 404, 404, 404, 200),
    "manage_schemes": (200, 404, 404, 404, 404, 404, 200),
    "manage_scheme_create": (200, 404, 404, 404, 404, 404, 200),
    "manage_scheme": (200, 404, 404, 404, 404, 404, 200),
    "manage_score_sheets": (200, 404, 200, 404, 404, 404, 200),
    "manage_exam": (200, 200, 200, 200, 404, 404, 404),
    "manage_blueprint": (200, 404, 404, 404, 404, 404, 404),
    "manage_sitting_create": (200, 404, 404, 404, 404, 404, 404),
    "manage_release": (200, 404, 404, 404, 404, 404, 404),
    "manage_paper": (200, 404, 404, 404, 404, 404, 404),
    "manage_sitting": (200, 404, 404, 404, 404, 404, 404),
    "manage_register": (200, 404, 404, 404, 404, 404, 404),
    "manage_monitor": (200, 200, 404, 404, 404, 404, 404),
    "manage_candidate": (200, 404, 404, 404, 404, 404, 404),
}
# What a POST without content answers: 404 for everybody to whom the thing is not there.
POSTS = {
    "manage_draw": (302, 404, 404, 404, 404, 404, 404),
    "manage_seal": (302, 404, 404, 404, 404, 404, 404),
    "manage_release": (409, 404, 404, 404, 404, 404, 404),
    "manage_register": (422, 404, 404, 404, 404, 404, 404),
    "manage_blueprint": (422, 404, 404, 404, 404, 404, 404),
    "manage_sitting_create": (422, 404, 404, 404, 404, 404, 404),
    "manage_score_sheet": (409, 404, 409, 404, 404, 404, 404),
}


def address(name: str, hall: made.Hall, candidacy: Any) -> str:
    code = {
        "manage_scheme": hall.exam.scheme.code,
        "manage_paper": hall.paper.code,
        "manage_seal": hall.paper.code,
        "manage_sitting": hall.sitting.code,
        "manage_register": hall.sitting.code,
        "manage_monitor": hall.sitting.code,
        "manage_candidate": candidacy.code,
    }.get(name, hall.exam.code)
    without = ("manage", "manage_create", "manage_schemes", "manage_scheme_create", "manage_score_sheets")
    return reverse(f"exams:{name}", args=[] if name in without else [code])


@pytest.mark.fault("F36")
@pytest.mark.parametrize("name", TABLE)
def test_f36_page_answers_each_person_as_written(client: Any, people: Any, name: str) -> None:
    hall = made.hall(people)
    candidacy = hall.candidate(people.learner)
    answers = []
    for person in PEOPLE:
        client.force_login(getattr(people, person))
        answers.append(client.get(address(name, hall, candidacy)).status_code)
    assert dict(zip(PEOPLE, answers, strict=True)) == dict(zip(PEOPLE, TABLE[name], strict=True))


@pytest.mark.fault("F36")
@pytest.mark.parametrize("name", POSTS)
def test_f36_act_answers_each_person_as_written(client: Any, people: Any, name: str) -> None:
    hall = made.hall(people)
    candidacy = hall.candidate(people.learner)
    answers = []
    # The exam officer comes last: her acts may change the state the others are asked about.
    for person in reversed(PEOPLE):
        client.force_login(getattr(people, person))
        data = {"form": "B"} if name == "manage_draw" else {}
        answers.append(client.post(address(name, hall, candidacy), data).status_code)
    assert dict(zip(reversed(PEOPLE), answers, strict=True)) == dict(zip(PEOPLE, POSTS[name], strict=True))


@pytest.mark.parametrize("name", [*TABLE, *POSTS])
def test_anonymous_is_sent_to_the_login(client: Any, people: Any, name: str) -> None:
    hall = made.hall(people)
    where = address(name, hall, hall.candidate(people.learner))
    for response in (client.get(where), client.post(where)):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")


def test_outsider_lists_nothing_of_this_city(client: Any, people: Any) -> None:
    hall = made.hall(people)
    client.force_login(people.outsider)
    page = client.get(reverse("exams:manage")).content.decode()
    assert hall.exam.title not in page
    assert hall.exam.code not in page
    assert hall.exam.title in _list_of(client, people.exam_officer)


def _list_of(client: Any, officer: Any) -> str:
    client.force_login(officer)
    return client.get(reverse("exams:manage")).content.decode()


def test_scheme_is_changed_only_from_the_top_of_the_tree(client: Any, people: Any) -> None:
    from personnel.enums import Role  # noqa: PLC0415  (models are ready only now)
    from tests.factories.personnel import OfficerFactory  # noqa: PLC0415

    scheme = made.scheme()
    below = OfficerFactory(unit=people.bureau, roles=[Role.EXAM_OFFICER])
    client.force_login(below)
    assert client.get(reverse("exams:manage_schemes")).status_code == 200
    assert client.get(reverse("exams:manage_scheme", args=[scheme.code])).status_code == 404
    assert client.post(reverse("exams:manage_scheme_create"), {}).status_code == 404
