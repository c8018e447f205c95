import gzip
import json
from decimal import Decimal
from typing import Any

import pytest

from common.errors import BadInput, NotPossibleNow
from common.models import AuditEvent
from exams import api
from exams.domain import papers
from exams.enums import ExamState
from exams.errors import BlueprintNotMet
from exams.models import Exam, PaperItem
from question_banks.enums import QuestionState, QuestionType
from question_banks.models import Question
from tests.factories import exams as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam(people: Any) -> Exam:
    source = make.bank(people.city, author=people.question_author, reviewer=people.question_reviewer)
    return api.create_exam(
        title="资格考试", scheme=make.scheme(), unit=people.city, banks=[source], by=people.exam_officer
    )


def test_exam_begins_with_the_schemes_counts(exam: Exam) -> None:
    cells = [(row.question_type, row.knowledge_point, row.count, row.marks_each) for row in exam.blueprint.all()]
    assert cells == [("single", None, 4, 10), ("multiple", None, 2, 15), ("true_false", None, 3, 10)]


def test_draw_follows_the_blueprint_and_the_seed(exam: Exam, people: Any) -> None:
    first = api.draw(exam, by=people.exam_officer, seed=5)
    versions = list(first.items.values_list("version", flat=True))
    again = api.draw(exam, by=people.exam_officer, seed=5)
    assert list(again.items.values_list("version", flat=True)) == versions
    assert again.total_marks == Decimal(100)
    assert [item.question_type for item in again.items.all()] == ["single"] * 4 + ["multiple"] * 2 + ["true_false"] * 3
    exam.refresh_from_db()
    assert exam.state == ExamState.DRAWN
    assert AuditEvent.objects.filter(action="exams.paper_drawn").count() == 2


def test_draw_refuses_and_names_the_cell_that_lacks_questions(exam: Exam, people: Any) -> None:
    point = make.knowledge_point("KP1")
    api.set_blueprint(
        exam,
        [api.Cell(QuestionType.MULTIPLE, point, 9, Decimal(2)), api.Cell(QuestionType.SINGLE, None, 2, Decimal(1))],
        by=people.exam_officer,
    )
    with pytest.raises(BlueprintNotMet) as refusal:
        api.draw(exam, by=people.exam_officer)
    (shortfall,) = refusal.value.shortfalls
    assert (shortfall.knowledge_point, shortfall.wanted, shortfall.available) == ("处罚程序", 9, 1)
    assert "处罚程序" in str(refusal.value)
    assert not exam.papers.exists()
    assert api.shortfalls(exam) == [shortfall]


def test_draw_takes_only_approved_questions(exam: Exam, people: Any) -> None:
    Question.objects.filter(question_type="multiple").update(state=QuestionState.SUSPENDED)
    with pytest.raises(BlueprintNotMet):
        api.draw(exam, by=people.exam_officer)


def test_blueprint_refuses_the_same_cell_twice(exam: Exam, people: Any) -> None:
    cell = api.Cell(QuestionType.SINGLE, None, 1, Decimal(1))
    with pytest.raises(BadInput):
        api.set_blueprint(exam, [cell, cell], by=people.exam_officer)
    assert exam.blueprint.count() == 3


def test_seal_freezes_the_paper_without_keys(exam: Exam, people: Any) -> None:
    paper = api.seal(api.draw(exam, by=people.exam_officer, seed=5), by=people.exam_officer)
    assert paper.public is not None
    text = gzip.decompress(paper.public).decode()
    document = json.loads(text)
    assert len(document["items"]) == 9
    assert set(document["items"][0]) == {"ref", "type", "marks", "stem", "options"}
    assert make.CANARY not in text
    assert "right" not in text
    with pytest.raises(NotPossibleNow):
        api.seal(paper, by=people.exam_officer)
    exam.refresh_from_db()
    with pytest.raises(NotPossibleNow):
        api.set_blueprint(exam, [api.Cell(QuestionType.SINGLE, None, 1, Decimal(1))], by=people.exam_officer)


def test_seal_refuses_a_question_suspended_since_the_draw(exam: Exam, people: Any) -> None:
    paper = api.draw(exam, by=people.exam_officer, seed=5)
    item = PaperItem.objects.filter(paper=paper).first()
    assert item is not None
    Question.objects.filter(versions=item.version_id).update(state=QuestionState.SUSPENDED)
    with pytest.raises(NotPossibleNow, match="1"):
        api.seal(paper, by=people.exam_officer)


def test_f32_paper_numbers_options_apart_from_the_key(people: Any) -> None:
    """Every key is A in the bank; on the paper the right option stands in different places."""
    source = make.bank(people.city, author=people.question_author, reviewer=people.question_reviewer, singles=40)
    exam = api.create_exam(title="试", scheme=make.scheme(), unit=people.city, banks=[source], by=people.exam_officer)
    api.set_blueprint(exam, [api.Cell(QuestionType.SINGLE, None, 40, Decimal(1))], by=people.exam_officer)
    paper = api.draw(exam, by=people.exam_officer, seed=1)
    places = [papers.option_order(paper, item.version).index("A") for item in paper.items.all()]
    assert set(places) == {0, 1, 2, 3}
