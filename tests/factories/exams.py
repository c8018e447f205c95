"""Banks to draw from, and exams brought to a state through the domain."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from common import clock
from exams import api
from exams.enums import MultipleRule
from exams.models import Attempt, Candidacy, Exam, Paper, Scheme, SchemePart, Sitting
from personnel.models import Officer, Unit
from question_banks.enums import QuestionState, QuestionType
from question_banks.models import Bank, KnowledgePoint, Question, QuestionVersion

# Stands in every key and explanation; no response of the room may ever hold it.
CANARY = "CANARY-KEY-93817"
PAGE = "page-one-0001"


def knowledge_point(code: str, name: str = "") -> KnowledgePoint:
    """Return the knowledge point with this code, made at the top of the tree when missing."""
    found = KnowledgePoint.objects.filter(code=code).first()
    return found or KnowledgePoint.add_root(code=code, name=name or f"知识点{code}")


def question(
    bank: Bank,
    *,
    author: Officer,
    reviewer: Officer,
    number: int,
    question_type: str = QuestionType.SINGLE,
    point: KnowledgePoint | None = None,
    right: list[str] | None = None,
) -> Question:
    """Return an approved question whose right options are `right` (default A; A and B for multiple; T)."""
    at = clock.now()
    if question_type == QuestionType.TRUE_FALSE:
        options = [{"id": "T", "text": "对"}, {"id": "F", "text": "错"}]
        right = right or ["T"]
    else:
        options = [{"id": letter, "text": f"选项{letter}之{number}"} for letter in "ABCD"]
        right = right or (["A", "B"] if question_type == QuestionType.MULTIPLE else ["A"])
    stem = f"第{number}题：下列说法中，符合规定的是哪一项？"
    made = Question.objects.create(bank=bank, question_type=question_type, author=author, created_at=at)
    version = QuestionVersion.objects.create(
        question=made,
        number=1,
        content={"version": 1, "stem": stem, "options": options},
        key={"version": 1, "right": right},
        stem=stem,
        explanation=f"解析 {CANARY}",
        source=CANARY,
        knowledge_point=point,
        fingerprint=f"{bank.pk:032d}{number:032d}",
        author=author,
        created_at=at,
    )
    made.current = version
    made.state = QuestionState.APPROVED
    made.approved_by, made.approved_at = reviewer, at
    made.save()
    return made


def bank(
    unit: Unit, *, author: Officer, reviewer: Officer, singles: int = 6, multiples: int = 3, true_false: int = 3
) -> Bank:
    """Return a bank of approved questions, alternating over two knowledge points, KP1 and KP2."""
    made = Bank.objects.create(
        code=f"bank-{Bank.objects.count() + 1}", name="行政执法题库", unit=unit, created_at=clock.now()
    )
    points = [knowledge_point("KP1", "处罚程序"), knowledge_point("KP2", "证据规则")]
    kinds = (
        [QuestionType.SINGLE] * singles + [QuestionType.MULTIPLE] * multiples + [QuestionType.TRUE_FALSE] * true_false
    )
    for number, kind in enumerate(kinds, start=1):
        question(made, author=author, reviewer=reviewer, number=number, question_type=kind, point=points[number % 2])
    return made


def scheme(**settings: Any) -> Scheme:
    """Return a scheme of 4 single (10 each), 2 multiple (15 each) and 3 true/false (10 each): 100 marks, 30 min."""
    settings.setdefault("code", f"scheme-{Scheme.objects.count() + 1}")
    settings.setdefault("name", "演练方案")
    settings.setdefault("duration_minutes", 30)
    settings.setdefault("submit_opens_after_minutes", 0)
    settings.setdefault("multiple_rule", MultipleRule.ALL_OR_NOTHING)
    made = Scheme.objects.create(**settings)
    for order, (kind, count, marks) in enumerate(
        [(QuestionType.SINGLE, 4, 10), (QuestionType.MULTIPLE, 2, 15), (QuestionType.TRUE_FALSE, 3, 10)]
    ):
        SchemePart.objects.create(scheme=made, question_type=kind, count=count, marks_each=Decimal(marks), order=order)
    return made


@dataclass
class Hall:
    """An exam with its sealed paper and an open sitting."""

    exam: Exam
    paper: Paper
    sitting: Sitting
    manager: Officer

    def candidate(self, officer: Officer, *, admitted: bool = True) -> Candidacy:
        """Return an officer's candidacy in the sitting."""
        registration = api.register(self.sitting, [officer], by=self.manager)
        assert not registration.refused, registration.refused
        candidacy = registration.registered[0]
        if admitted:
            api.admit(candidacy, by=None)
        candidacy.refresh_from_db()
        return candidacy

    def attempt(self, officer: Officer) -> Attempt:
        """Return an officer's running attempt."""
        return api.start(self.candidate(officer), by=officer, page=PAGE)


def hall(people: Any, *, opened_minutes_ago: int = 1, lasts_minutes: int = 60, seed: int = 7, **settings: Any) -> Hall:
    """Return an exam of `people.city` from scheme to open sitting, every step through the domain."""
    source = bank(people.city, author=people.question_author, reviewer=people.question_reviewer)
    exam = api.create_exam(
        title="行政执法资格考试", scheme=scheme(**settings), unit=people.city, banks=[source], by=people.exam_officer
    )
    paper = api.seal(api.draw(exam, by=people.exam_officer, seed=seed), by=people.exam_officer)
    exam.refresh_from_db()
    opens_at = clock.now() - timedelta(minutes=opened_minutes_ago)
    sitting = api.create_sitting(
        exam,
        paper=paper,
        name="第一场",
        opens_at=opens_at,
        ends_at=opens_at + timedelta(minutes=lasts_minutes),
        entry_closes_at=opens_at + timedelta(minutes=min(30, lasts_minutes)),
        by=people.exam_officer,
    )
    return Hall(exam, paper, sitting, people.exam_officer)


def right_answers(attempt: Attempt, *, wrong: int = 0) -> list[dict[str, Any]]:
    """Return the answers that earn full marks, in the attempt's own names; the first `wrong` items left empty."""
    from exams.domain import grading, papers  # noqa: PLC0415  (a test may look inside the app it tests)

    items = grading.paper_items(attempt)
    answers = []
    for number, row in enumerate(attempt.frozen_layout.layout):
        item = items[row["ref"]]
        order = papers.option_order(attempt.paper, item.version)
        right = set(item.version.key["right"])
        chosen = [name for name, ref in zip(row["options"], row["refs"], strict=True) if order[ref] in right]
        answers.append({"item": row["item"], "value": [] if number < wrong else chosen})
    return answers
