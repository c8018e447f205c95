"""Imports: what is new, the same, changed, contradictory; all or nothing; who may."""

import pytest

from common import clock
from common.errors import NotPermitted, NotPossibleNow
from common.models import AuditEvent
from question_banks.domain import importing, review
from question_banks.enums import QuestionState
from question_banks.models import Bank, KnowledgePoint, Question, QuestionVersion
from question_banks.question_types.record import Sentence
from tests.factories.question_banks import bring_in, record
from tests.personas import People

pytestmark = pytest.mark.django_db


def test_new_records_become_questions_in_review(bank: Bank, people: People) -> None:
    found = [record(), record("罚款由谁收缴？", right="AC", row=3, difficulty=4, knowledge_points=["行政处罚"])]
    first, second = bring_in(bank, found, by=people.question_author)
    assert (first.state, first.author, first.current.number) == (QuestionState.IN_REVIEW, people.question_author, 1)
    assert (second.question_type, second.current.key["right"], second.current.difficulty) == (
        "multiple",
        ["A", "C"],
        4,
    )
    assert second.current.knowledge_point.name == "行政处罚"
    event = AuditEvent.objects.get(action="question_banks.questions_imported")
    assert (event.subject, event.detail["imported"]) == ("bank:tongyong", 2)


def test_importing_twice_changes_nothing(bank: Bank, people: People) -> None:
    bring_in(bank, [record()], by=people.question_author)
    plan = importing.plan(bank, [record()])
    assert (plan.same, plan.new, plan.refused) == (1, [], [])
    with pytest.raises(NotPossibleNow):
        importing.execute(plan, by=people.question_author, at=clock.now())
    assert Question.objects.count() == 1


def test_same_options_in_another_order_are_the_same_question(bank: Bank, people: People) -> None:
    bring_in(bank, [record()], by=people.question_author)
    plan = importing.plan(bank, [record(right="D", texts=["四人", "三人", "一人", "两人"])])
    assert (plan.same, len(plan.new)) == (1, 0)


def test_same_stem_with_other_options_is_another_question(bank: Bank, people: People) -> None:
    bring_in(bank, [record()], by=people.question_author)
    assert len(importing.plan(bank, [record(texts=["五人", "六人"])]).new) == 1


def test_another_key_for_the_same_question_is_refused_naming_the_other(bank: Bank, people: People) -> None:
    (question,) = bring_in(bank, [record()], by=people.question_author)
    plan = importing.plan(bank, [record(right="C")])
    assert [reason.params for reason in plan.refused[0].reasons] == [{"code": question.code}]
    assert (plan.new, plan.same) == ([], 0)


def test_contradiction_inside_a_file_is_refused_naming_the_row(bank: Bank) -> None:
    plan = importing.plan(bank, [record(), record(right="C", row=9), record(row=12)])
    assert (len(plan.new), len(plan.repeated), plan.same, len(plan.refused)) == (1, 1, 0, 1)
    assert plan.refused[0].place.params["row"] == 9
    assert plan.refused[0].reasons[0].params["place"]["params"]["row"] == 2


def test_number_with_changed_wording_makes_a_new_version_for_review(bank: Bank, people: People) -> None:
    (question,) = bring_in(
        bank, [record(external_id="XZ-01")], by=people.question_author, reviewer=people.question_reviewer
    )
    bring_in(bank, [record("检查时不得少于几人？", external_id="XZ-01")], by=people.question_author)
    changed = Question.objects.select_related("current").get()
    assert (changed.current.number, changed.current.stem) == (2, "检查时不得少于几人？")
    assert (changed.state, changed.approved_by) == (QuestionState.IN_REVIEW, None)
    assert QuestionVersion.objects.get(question=question, number=1).stem == question.current.stem


def test_own_code_finds_the_question_again(bank: Bank, people: People) -> None:
    (question,) = bring_in(bank, [record()], by=people.question_author)
    plan = importing.plan(bank, [record(external_id=question.code, explanation="须两人以上。")])
    assert [found.pk for found, _item in plan.updates] == [question.pk]


def test_retired_question_takes_no_new_version(bank: Bank, people: People) -> None:
    (question,) = bring_in(
        bank, [record(external_id="1")], by=people.question_author, reviewer=people.question_reviewer
    )
    review.retire(question, reason="法律已修订", by=people.question_reviewer)
    plan = importing.plan(bank, [record("另一种说法？", external_id="1")])
    assert (plan.updates, len(plan.refused)) == ([], 1)


def test_record_with_problems_is_never_written(bank: Bank, people: People) -> None:
    broken = record(row=5).model_copy(update={"problems": [Sentence(message="The key is missing.")]})
    plan = importing.plan(bank, [broken, record("另一题？", row=6)])
    importing.execute(plan, by=people.question_author, at=clock.now())
    assert Question.objects.get().current.stem == "另一题？"
    assert plan.refused[0].place.params["row"] == 5


def test_known_knowledge_point_is_taken_not_doubled(bank: Bank, people: People) -> None:
    bring_in(bank, [record(knowledge_points=["听证"])], by=people.question_author)
    bring_in(bank, [record("另一题？", knowledge_points=["听证", "送达"])], by=people.question_author)
    assert KnowledgePoint.objects.count() == 1


def test_only_authors_of_the_bank_import(bank: Bank, people: People) -> None:
    plan = importing.plan(bank, [record()])
    for person in (people.question_reviewer, people.exam_officer, people.outsider, people.learner):
        with pytest.raises(NotPermitted):
            importing.execute(plan, by=person, at=clock.now())
    assert not Question.objects.exists()


def test_plan_made_before_another_import_does_not_double_it(bank: Bank, people: People) -> None:
    early = importing.plan(bank, [record(), record("另一题？")])
    bring_in(bank, [record()], by=people.question_author)
    outcome = importing.execute(early, by=people.question_author, at=clock.now())
    assert (outcome.imported, outcome.same, Question.objects.count()) == (1, 1, 2)


def test_import_is_all_or_nothing(bank: Bank, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = importing.plan(bank, [record(), record("另一题？")])

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("common.audit.record", fail)
    with pytest.raises(RuntimeError):
        importing.execute(plan, by=people.question_author, at=clock.now())
    assert not Question.objects.exists()


def test_many_records_take_few_queries(bank: Bank, people: People, django_assert_max_num_queries) -> None:
    records = [record(f"第{number}题？", row=number) for number in range(600)]
    with django_assert_max_num_queries(60):
        bring_in(bank, records, by=people.question_author, reviewer=people.question_reviewer)
    assert Question.objects.filter(state=QuestionState.APPROVED).count() == 600
