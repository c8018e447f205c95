"""The desk before the sitting: scheme, exam, blueprint, paper."""

from typing import Any

import pytest
from django.urls import reverse

from common.models import AuditEvent
from exams import api
from exams.models import Exam, Paper, Scheme
from question_banks.enums import QuestionType
from tests.factories import exams as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Any, people: Any) -> Any:
    client.force_login(people.exam_officer)
    return client


def begun(people: Any, **bank: int) -> Exam:
    source = made.bank(people.city, author=people.question_author, reviewer=people.question_reviewer, **bank)
    return api.create_exam(
        title="年度资格考试", scheme=made.scheme(), unit=people.city, banks=[source], by=people.exam_officer
    )


def blueprint_data(rows: list[dict[str, Any]], **more: str) -> dict[str, str]:
    data = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0", **more}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": str(value) for name, value in row.items()}
    return data


def row(kind: str = "single", point: Any = "", count: Any = 2, marks: Any = "5", **more: Any) -> dict[str, Any]:
    return {"question_type": kind, "knowledge_point": point, "count": count, "marks_each": marks, **more}


def test_exam_is_begun_from_a_scheme_with_its_blueprint(desk: Any, people: Any) -> None:
    bank = made.bank(people.city, author=people.question_author, reviewer=people.question_reviewer)
    scheme = made.scheme()
    response = desk.post(
        reverse("exams:manage_create"),
        {"title": "春季资格考试", "scheme": scheme.pk, "unit": people.bureau.pk, "banks": [bank.pk], "tier": ""},
    )
    exam = Exam.objects.get()
    assert response["Location"] == reverse("exams:manage_exam", args=[exam.code])
    assert (exam.title, exam.unit, exam.needs_admission) == ("春季资格考试", people.bureau, False)
    assert [(r.question_type, r.count) for r in exam.blueprint.all()] == [
        ("single", 4), ("multiple", 2), ("true_false", 3),
    ]  # fmt: skip


def test_new_exam_refused_keeps_what_was_typed(desk: Any, people: Any) -> None:
    response = desk.post(reverse("exams:manage_create"), {"title": "春季资格考试", "unit": people.bureau.pk})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="春季资格考试"' in page
    assert "error-summary" in page
    assert not Exam.objects.exists()


def test_new_exam_cannot_be_held_by_a_unit_of_others(desk: Any, people: Any) -> None:
    bank = made.bank(people.other_city, author=people.question_author, reviewer=people.question_reviewer)
    data = {"title": "借名考试", "scheme": made.scheme().pk, "unit": people.other_city.pk, "banks": [bank.pk]}
    response = desk.post(reverse("exams:manage_create"), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"unit", "banks"}


def test_blueprint_counts_what_the_banks_hold_for_each_cell(desk: Any, people: Any) -> None:
    exam = begun(people)
    point = made.knowledge_point("KP1")
    response = desk.post(
        reverse("exams:manage_blueprint", args=[exam.code]),
        blueprint_data([row(count=4), row(point=point.pk, count=9)], count_anew="1"),
    )
    assert response.status_code == 200
    shown = [(entry["available"], entry["is_short"]) for entry in response.context["rows"]]
    assert shown == [(6, False), (3, True)]
    assert (response.context["items"], response.context["marks"]) == (13, 65)
    assert exam.blueprint.count() == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_blueprint_reads_the_same_number_of_queries_for_one_and_three(
    desk: Any, people: Any, rows: int, django_assert_num_queries: Any
) -> None:
    exam = begun(people)
    kinds = list(QuestionType)
    api.set_blueprint(exam, [api.Cell(kinds[n].value, None, 1, 5) for n in range(rows)], by=people.exam_officer)
    address = reverse("exams:manage_blueprint", args=[exam.code])
    desk.get(address)
    with django_assert_num_queries(9):
        desk.get(address)


def test_blueprint_gets_another_row_without_being_saved(desk: Any, people: Any) -> None:
    exam = begun(people)
    response = desk.post(
        reverse("exams:manage_blueprint", args=[exam.code]),
        blueprint_data([row(count="seven")], add_row="1"),
    )
    assert response.status_code == 200
    assert len(response.context["rows"]) == 2
    assert "seven" in response.content.decode()
    assert exam.blueprint.count() == 3


def test_blueprint_is_saved_with_removed_rows_left_out(desk: Any, people: Any) -> None:
    exam = begun(people)
    point = made.knowledge_point("KP1")
    response = desk.post(
        reverse("exams:manage_blueprint", args=[exam.code]),
        blueprint_data([row(point=point.pk, count=3, marks="2.5"), row("multiple", DELETE="on")]),
    )
    assert response.status_code == 302
    saved = exam.blueprint.get()
    assert (saved.question_type, saved.knowledge_point, saved.count, str(saved.marks_each)) == (
        "single", point, 3, "2.50",
    )  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [[row(), row()], [row(count=0)], [row(marks="-1")], [row("essay")], [row(DELETE="on")]],
    ids=["twice", "none", "negative", "unknown type", "all removed"],
)
def test_blueprint_refused_keeps_what_was_typed(desk: Any, people: Any, rows: list[dict[str, Any]]) -> None:
    exam = begun(people)
    response = desk.post(reverse("exams:manage_blueprint", args=[exam.code]), blueprint_data(rows))
    assert response.status_code == 422
    assert len(response.context["rows"]) == len(rows)
    assert exam.blueprint.count() == 3


def test_blueprint_of_a_sealed_paper_is_refused(desk: Any, people: Any) -> None:
    hall = made.hall(people)
    response = desk.post(reverse("exams:manage_blueprint", args=[hall.exam.code]), blueprint_data([row()]))
    assert response.status_code == 409
    assert "已封存" in response.content.decode()
    assert hall.exam.blueprint.count() == 3


def test_draw_refusal_names_each_cell_that_lacks_questions(desk: Any, people: Any) -> None:
    exam = begun(people, singles=3, multiples=1, true_false=3)
    response = desk.post(reverse("exams:manage_draw", args=[exam.code]))
    assert response.status_code == 409
    lacking = [(c.question_type, c.wanted, c.available, missing) for c, missing in response.context["cells"]]
    assert lacking == [("单选题", 4, 3, 1), ("多选题", 2, 1, 1)]
    assert not Paper.objects.exists()
    assert response.context["exam"].title in response.content.decode()


def test_exam_page_says_what_holds_the_draw_up(desk: Any, people: Any) -> None:
    exam = begun(people, singles=3, multiples=1)
    response = desk.get(reverse("exams:manage_exam", args=[exam.code]))
    assert response.context["current"].state == "blocked"
    assert response.context["current"].label == "双向细目表"


def test_paper_is_drawn_looked_at_redrawn_and_sealed(desk: Any, people: Any) -> None:
    exam = begun(people)
    desk.post(reverse("exams:manage_draw", args=[exam.code]))
    first = Paper.objects.get()
    page = desk.get(reverse("exams:manage_paper", args=[first.code])).content.decode()
    assert str(first.seed) in page
    assert "is-right" not in page
    desk.post(reverse("exams:manage_draw", args=[exam.code]), {"form": "A"})
    second = Paper.objects.get()
    assert second.code != first.code
    seal = reverse("exams:manage_seal", args=[second.code])
    desk.post(seal)
    second.refresh_from_db()
    assert second.sealed_at is None
    assert desk.post(seal, {"confirmed": "yes"}).status_code == 302
    second.refresh_from_db()
    assert second.sealed_by == people.exam_officer


@pytest.mark.fault("F32")
def test_f32_key_is_shown_only_when_asked_before_sealing_and_every_look_is_noted(desk: Any, people: Any) -> None:
    exam = begun(people)
    paper = api.draw(exam, by=people.exam_officer, seed=3)
    address = reverse("exams:manage_paper", args=[paper.code])
    plain, with_key = desk.get(address), desk.get(address, {"key": "1"})
    assert "is-right" not in plain.content.decode()
    assert with_key.content.decode().count("is-right") == 4 + 2 * 2 + 3
    api.seal(paper, by=people.exam_officer)
    refused = desk.get(address, {"key": "1"})
    assert refused.status_code == 409
    assert "is-right" not in refused.content.decode()
    assert made.CANARY not in (plain.content + with_key.content + refused.content).decode()
    looks = AuditEvent.objects.filter(subject=f"paper:{paper.code}", action__contains="viewed")
    assert [(look.action, look.actor_code) for look in looks.order_by("link")] == [
        ("exams.paper_viewed", "E3001"),
        ("exams.paper_key_viewed", "E3001"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_list_reads_the_same_number_of_queries_for_one_and_three(
    desk: Any, people: Any, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        begun(people)
    desk.get(reverse("exams:manage"))
    with django_assert_num_queries(6):
        desk.get(reverse("exams:manage"))


def scheme_data(**changes: str) -> dict[str, str]:
    return {
        "name": "年度学法用法考试", "code": "legal-study", "kind": "legal_study", "duration_minutes": "60",
        "pass_mark": "80", "good_mark": "85", "excellent_mark": "95", "multiple_rule": "all_or_nothing",
        "entry_closes_after_minutes": "30", "submit_opens_after_minutes": "0", "resits_max": "1",
        "resit_wait_days": "3", "weak_below_percent": "60", "certificate_years": "5",
        "part-single-count": "40", "part-single-marks_each": "1",
        "part-multiple-count": "20", "part-multiple-marks_each": "2",
        "part-true_false-count": "20", "part-true_false-marks_each": "1",
        **changes,
    }  # fmt: skip


def test_scheme_is_made_with_its_parts(desk: Any) -> None:
    assert desk.post(reverse("exams:manage_scheme_create"), scheme_data()).status_code == 302
    scheme = Scheme.objects.get()
    assert [(part.question_type, part.count, part.marks_each) for part in scheme.parts.all()] == [
        ("single", 40, 1), ("multiple", 20, 2), ("true_false", 20, 1),
    ]  # fmt: skip
    changed = scheme_data(**{"part-true_false-count": "0", "part-single-count": "60"})
    assert desk.post(reverse("exams:manage_scheme", args=[scheme.code]), changed).status_code == 302
    assert [(part.question_type, part.count) for part in scheme.parts.all()] == [("single", 60), ("multiple", 20)]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"good_mark": "70"}, "good_mark"),
        ({"part-single-count": "1"}, "excellent_mark"),
        ({"duration_minutes": "0"}, "duration_minutes"),
        ({"code": "两个字"}, "code"),
    ],
)
def test_scheme_that_contradicts_itself_is_refused_at_its_field(
    desk: Any, changes: dict[str, str], where: str
) -> None:
    response = desk.post(reverse("exams:manage_scheme_create"), scheme_data(**changes))
    assert response.status_code == 422
    assert where in response.context["form"].errors or "__all__" in response.context["form"].errors
    assert "年度学法用法考试" in response.content.decode()
    assert not Scheme.objects.exists()


def test_scheme_without_any_item_is_refused(desk: Any) -> None:
    nothing = {f"part-{kind}-count": "0" for kind in QuestionType.values}
    response = desk.post(reverse("exams:manage_scheme_create"), scheme_data(**nothing))
    assert response.status_code == 422
    assert response.context["parts"].error
