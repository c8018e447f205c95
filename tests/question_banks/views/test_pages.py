"""Pages of banks and questions: who sees what, and what a page shows."""

import pytest
from django.urls import reverse

from question_banks.enums import QuestionState
from question_banks.models import Bank, Question
from tests.factories.question_banks import BankFactory, bring_in, record
from tests.personas import People, login

pytestmark = pytest.mark.django_db

READERS = ("question_author", "question_reviewer", "exam_officer", "auditor")
OTHERS = ("learner", "colleague", "unit_chief", "trainer", "invigilator", "hr", "security_admin", "outsider")


@pytest.fixture
def question(bank: Bank, people: People) -> Question:
    found = [record(explanation="答案解析是两人以上。", external_id="XZ-7")]
    return bring_in(bank, found, by=people.question_author)[0]


def addresses(question: Question) -> dict[str, tuple[str, ...]]:
    """Return each address with the parts that may open it."""
    bank = question.bank.code
    authors, reviewers = ("question_author",), ("question_reviewer",)
    return {
        reverse("question_banks:bank", args=[bank]): READERS,
        reverse("question_banks:question", args=[question.code]): READERS,
        reverse("question_banks:import", args=[bank]): authors,
        reverse("question_banks:download", args=[bank]): authors + reviewers,
        reverse("question_banks:review", args=[bank]): reviewers,
    }


@pytest.mark.parametrize("part", [*READERS, *OTHERS])
def test_each_address_answers_each_person_as_declared(question: Question, people: People, part: str) -> None:
    client = login(getattr(people, part))
    for address, allowed in addresses(question).items():
        assert client.get(address).status_code == (200 if part in allowed else 404), address


@pytest.mark.parametrize("part", [*READERS, *OTHERS])
def test_list_and_template_are_for_readers_anywhere(bank: Bank, people: People, part: str) -> None:
    client = login(getattr(people, part))
    # The outsider is question author elsewhere: the pages exist for her, this bank does not.
    expected = 200 if part in READERS or part == "outsider" else 404
    assert client.get(reverse("question_banks:banks")).status_code == expected
    assert client.get(reverse("question_banks:template")).status_code == expected


def test_outsider_sees_her_banks_and_no_other(bank: Bank, people: People) -> None:
    BankFactory(name="滨海题库", unit=people.other_city)
    page = login(people.outsider).get(reverse("question_banks:banks")).content.decode()
    assert "滨海题库" in page
    assert bank.name not in page


def test_anonymous_is_sent_to_the_login(question: Question, client) -> None:
    for address in addresses(question):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("part", "sees"),
    [("question_author", True), ("question_reviewer", True), ("exam_officer", False), ("auditor", False)],
)
def test_key_and_explanation_are_for_authors_and_reviewers(
    question: Question, people: People, part: str, sees: bool
) -> None:
    page = login(getattr(people, part)).get(reverse("question_banks:question", args=[question.code])).content.decode()
    assert ("options__right" in page) == sees
    assert ("答案解析是两人以上" in page) == sees


def test_bank_page_narrows_by_state_type_and_text(bank: Bank, people: People) -> None:
    first, second = bring_in(
        bank,
        [record(), record("哪些属于处罚种类？", right="AB", knowledge_points=["行政处罚"])],
        by=people.question_author,
    )
    client = login(people.question_author)
    address = reverse("question_banks:bank", args=[bank.code])
    for query, shown in (
        ({"text": "处罚种类"}, [second]),
        ({"text": first.code.lower()}, [first]),
        ({"question_type": "multiple"}, [second]),
        ({"state": "approved"}, []),
        ({"point": second.current.knowledge_point.code}, [second]),
        ({}, [second, first]),
    ):
        assert list(client.get(address, query).context["page"].object_list) == shown, query


@pytest.mark.fault("F48")
@pytest.mark.parametrize("text", ['";', "%", "_", "x" * 10_000, "\x00", "' OR 1=1 --"])
def test_f48_any_search_text_is_answered(question: Question, people: People, text: str) -> None:
    address = reverse("question_banks:bank", args=[question.bank.code])
    answer = login(people.question_author).get(address, {"text": text, "state": text[:50], "page": text[:50]})
    assert answer.status_code == 200


def test_bank_page_costs_the_same_with_one_and_with_many(
    bank: Bank, people: People, django_assert_num_queries
) -> None:
    client = login(people.question_author)
    address = reverse("question_banks:bank", args=[bank.code])
    bring_in(bank, [record(knowledge_points=["甲"])], by=people.question_author)
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)
    more = [record(f"第{number}题？", knowledge_points=[f"知识点{number}"]) for number in range(20)]
    bring_in(bank, more, by=people.question_author)
    with django_assert_num_queries(8):
        client.get(address)


def test_f46_markup_in_a_question_is_text(bank: Bank, people: People) -> None:
    (question,) = bring_in(bank, [record("<script>alert(1)</script>？")], by=people.question_author)
    page = login(people.question_author).get(reverse("question_banks:question", args=[question.code])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_reviewer_approves_ticked_and_then_all(bank: Bank, people: People) -> None:
    questions = bring_in(bank, [record(f"第{number}题？") for number in range(3)], by=people.question_author)
    client = login(people.question_reviewer)
    address = reverse("question_banks:review", args=[bank.code])
    assert client.post(address, {"question": [questions[0].code]}).status_code == 302
    assert Question.objects.filter(state=QuestionState.APPROVED).count() == 1
    client.post(address, {"all": "1"})
    assert Question.objects.filter(state=QuestionState.APPROVED).count() == 3


def test_returning_without_reason_is_422_and_with_one_moves(question: Question, people: People) -> None:
    client = login(people.question_reviewer)
    address = reverse("question_banks:question_act", args=[question.code, "return"])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "选项有歧义"}).status_code == 302
    question.refresh_from_db()
    assert question.state == QuestionState.DRAFT


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("question_author", "approve"),
        ("exam_officer", "approve"),
        ("question_reviewer", "submit"),
        ("question_reviewer", "nonsense"),
    ],
)
def test_acts_of_another_role_are_not_there(question: Question, people: People, part: str, name: str) -> None:
    address = reverse("question_banks:question_act", args=[question.code, name])
    assert login(getattr(people, part)).post(address, {"reason": "x"}).status_code == 404


def test_act_that_is_not_possible_now_is_409(question: Question, people: People) -> None:
    address = reverse("question_banks:question_act", args=[question.code, "retire"])
    assert login(people.question_reviewer).post(address, {"reason": "过时"}).status_code == 409
