"""Exams that were really sat: papers drawn and sealed, attempts started, saved, handed in, graded."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from exams import api as exams
from exams.enums import ExamKind
from exams.models import Attempt, Exam, Paper, Result, Scheme, Sitting
from personnel.models import EnforcementField, Officer, Unit
from question_banks.enums import QuestionType
from question_banks.models import Bank
from training.api import followup
from training.management.demo.timeline import Timeline

# The default scheme of qualification exams: 85 items, 100 marks, 90 minutes, 60 to pass.
QUALIFICATION = "qualification"
# Ten items in fifteen minutes, to try the whole way out.
SHORT = "demo-short"
Parts = tuple[tuple[QuestionType, int, Decimal], ...]
SCHEMES: tuple[tuple[str, str, dict[str, Any], Parts], ...] = (
    (
        QUALIFICATION,
        "行政执法人员资格考试（85题）",
        {},
        (
            (QuestionType.SINGLE, 40, Decimal(1)),
            (QuestionType.MULTIPLE, 15, Decimal(2)),
            (QuestionType.TRUE_FALSE, 30, Decimal(1)),
        ),
    ),
    (
        SHORT,
        "演示短卷（10题）",
        {"duration_minutes": 15, "submit_opens_after_minutes": 0, "resit_wait_days": 0},
        (
            (QuestionType.SINGLE, 4, Decimal(10)),
            (QuestionType.MULTIPLE, 2, Decimal(15)),
            (QuestionType.TRUE_FALSE, 4, Decimal("7.5")),
        ),
    ),
)


@dataclass(frozen=True)
class Office:
    """Who holds exams, where, and from which bank."""

    unit: Unit
    bank: Bank
    by: Officer
    field: EnforcementField
    rng: Random


def seed_schemes(by: Officer) -> dict[str, Scheme]:
    """Write the two schemes; return them by code."""
    return {
        code: exams.save_scheme(
            Scheme(code=code, name=name, kind=ExamKind.QUALIFICATION, **rules),
            [exams.SchemePart(*part) for part in parts],
            by=by,
        )
        for code, name, rules, parts in SCHEMES
    }


def prepare(office: Office, title: str, scheme: Scheme, *, needs_admission: bool = False) -> tuple[Exam, Paper]:
    """Make an exam and seal its paper."""
    exam = exams.create_exam(
        title=title,
        scheme=scheme,
        unit=office.unit,
        banks=[office.bank],
        field=office.field,
        needs_admission=needs_admission,
        by=office.by,
    )
    drawn = exams.draw(exam, by=office.by, seed=office.rng.randrange(2**32))
    paper = exams.seal(drawn, by=office.by)
    exam.refresh_from_db()
    return exam, paper


def open_sitting(
    office: Office, exam: Exam, paper: Paper, name: str, *, opens_at: datetime, lasts: timedelta
) -> Sitting:
    """Open a sitting in which one may begin until a little before its end."""
    return exams.create_sitting(
        exam,
        paper=paper,
        name=name,
        opens_at=opens_at,
        ends_at=opens_at + lasts,
        entry_closes_at=opens_at + lasts - timedelta(minutes=30),
        site="云川市行政执法培训中心",
        room="第一机房",
        by=office.by,
    )


def hold(
    office: Office,
    title: str,
    scheme: Scheme,
    officers: dict[Officer, float],
    line: Timeline,
) -> Exam:
    """Hold a whole exam at the time of the timeline: officer → the share of items answered rightly.

    Results are released some days later, and what follows from them is drawn at once.
    """
    exam, paper = prepare(office, title, scheme)
    line.pass_time(days=5)
    sitting = open_sitting(office, exam, paper, "第一场", opens_at=line.at, lasts=timedelta(hours=3))
    exams.register(sitting, officers, by=office.by)
    line.pass_time(minutes=5)
    book = AnswerBook(paper)
    attempts = [(begin(sitting, officer), book, share) for officer, share in officers.items()]
    line.pass_time(minutes=45)
    for attempt, answers, share in attempts:
        hand_in(attempt, answers.sheet(attempt, share, office.rng), at=line.at)
    line.pass_time(days=3)
    release(exam, by=office.by)
    return exam


def begin(sitting: Sitting, officer: Officer) -> Attempt:
    """Let a registered officer begin."""
    candidacy = sitting.candidacies.get(officer=officer)
    return exams.start(candidacy, by=officer, page="demo")


def hand_in(attempt: Attempt, answers: list[dict[str, Any]], *, at: datetime) -> Result:
    """Save the answers in two batches as a browser does, hand in, and grade."""
    token = exams.RoomToken(attempt.code, attempt.pk, attempt.lease)
    half = len(answers) // 2
    exams.save(token, seq=1, answers=answers[:half], at=at)
    closed = exams.submit(token, seq=2, answers=answers[half:], at=at)
    return exams.grade(closed)


def release(exam: Exam, *, by: Officer) -> None:
    """Release an exam's results and draw what follows now; the queue's own turn finds it done."""
    exams.release(exam, by=by)
    for key in Result.objects.filter(exam=exam).order_by("pk").values_list("pk", flat=True):
        followup.follow_up(key)


class AnswerBook:
    """The keys of a paper, by the wording of the options; held by the demonstration alone."""

    def __init__(self, paper: Paper) -> None:
        document = json.loads(gzip.decompress(bytes(paper.public or b"")))
        self.options: list[list[str]] = [item["options"] for item in document["items"]]
        versions = [row.version for row in paper.items.select_related("version").order_by("position")]
        self.right: list[set[str]] = []
        for item, version in zip(document["items"], versions, strict=True):
            if item["stem"] != version.stem:
                raise ValueError(f"item {item['ref']} is not in the paper's order")
            texts = {option["id"]: option["text"] for option in version.content["options"]}
            self.right.append({texts[name] for name in version.key["right"]})

    def sheet(self, attempt: Attempt, share: float, rng: Random) -> list[dict[str, Any]]:
        """Return answers in the attempt's own names, `share` of the items right.

        Knowledge is uneven: on a third of the paper the officer is less sure than on the rest.
        """
        doubt = {item: rng.random() + (0.3 if item % 3 == 0 else 0) for item in range(len(self.right))}
        known = set(sorted(doubt, key=lambda item: doubt[item])[: round(share * len(doubt))])
        return [self._answer(row, is_known=row["ref"] in known) for row in attempt.frozen_layout.layout]

    def _answer(self, row: dict[str, Any], *, is_known: bool) -> dict[str, Any]:
        options, right = self.options[row["ref"]], self.right[row["ref"]]
        named = [(name, options[index]) for name, index in zip(row["options"], row["refs"], strict=True)]
        if is_known:
            chosen = [name for name, text in named if text in right]
        else:
            chosen = [name for name, text in named if text not in right][:1]
        return {"item": row["item"], "value": chosen}


def register_all(sitting: Sitting, officers: Iterable[Officer], *, by: Officer) -> None:
    """Register officers.

    Raises:
        ValueError: somebody was refused; the demonstration's story has a hole.
    """
    outcome = exams.register(sitting, officers, by=by)
    if outcome.refused:
        raise ValueError(f"refused: {[(who.service_no, str(why)) for who, why in outcome.refused]}")
