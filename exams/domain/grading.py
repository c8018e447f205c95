"""From stored paper, answers and rules to marks: the score ledger and the result folded from it.

Grading is a pure function of what is stored, written in one transaction; grading again writes nothing new.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from common import chain, clock, scores
from common.audit import SYSTEM
from common.scores import ZERO
from exams.domain import layouts, papers, responses
from exams.enums import CLOSED_STATES, Band, ScoreKind
from exams.models import Attempt, PaperItem, Result, ScoreEntry
from question_banks.question_types import registry

RULE_VERSION = 1


@dataclass(frozen=True)
class Marked:
    """An item with the marks an answer got."""

    item: PaperItem
    marks: Decimal


def mark(attempt: Attempt, items: Iterable[PaperItem]) -> list[Marked]:
    """Return the marks of every item, by the rules frozen in the attempt's paper. Reads only; writes nothing.

    Args:
        items: the paper's items in position order, each with its version and question.
    """
    shape = layouts.shape_of(attempt.code)
    answers = responses.in_effect(attempt)
    by_reference = {reference: name for name, reference in shape.references.items()}
    marked = []
    for reference, item in enumerate(items):
        name = by_reference[reference]
        order = papers.option_order(attempt.paper, item.version)
        chosen = [order[shape.option_references[name][option]] for option in answers.get(name, [])]
        marks = registry.grade(
            item.question_type,
            item.version.content,
            item.version.key,
            chosen,
            item.marks,
            attempt.paper.rules,
        )
        marked.append(Marked(item, scores.as_score(marks)))
    return marked


def band_of(score: Decimal, rules: dict[str, Any]) -> Band:
    """Return the band of a score under a paper's frozen rules."""
    if score >= Decimal(rules["excellent_mark"]):
        return Band.EXCELLENT
    if score >= Decimal(rules["good_mark"]):
        return Band.GOOD
    if score >= Decimal(rules["pass_mark"]):
        return Band.PASSED
    return Band.FAILED


def profile_of(marked: Iterable[Marked]) -> list[dict[str, Any]]:
    """Return marks by knowledge point, in order of first appearance; items without one come under ""."""
    rows: dict[str, dict[str, Any]] = {}
    for entry in marked:
        point = entry.item.version.knowledge_point
        code = point.code if point else ""
        row = rows.setdefault(
            code,
            {
                "code": code,
                "name": point.name if point else "",
                "marks": ZERO,
                "full": ZERO,
                "items": 0,
                "right": 0,
            },
        )
        row["marks"] += entry.marks
        row["full"] += entry.item.marks
        row["items"] += 1
        row["right"] += int(entry.marks == entry.item.marks)
    return [
        {
            **row,
            "marks": f"{scores.as_score(row['marks'])}",
            "full": f"{scores.as_score(row['full'])}",
        }
        for row in rows.values()
    ]


def paper_items(attempt: Attempt) -> list[PaperItem]:
    """Return the items of the attempt's paper with all that grading reads, in one query."""
    return list(
        attempt.paper.items.select_related("version__question", "version__knowledge_point").order_by("position")
    )


def grade(attempt: Attempt, *, items: list[PaperItem] | None = None) -> Result:
    """Grade a closed attempt: append its score entries and write its result. Idempotent (F22).

    Args:
        items: as `paper_items` returns them; pass them when many attempts of one paper are graded in a row.
    """
    at = clock.now()
    with transaction.atomic():
        locked = (
            Attempt.objects.select_for_update(of=("self",)).select_related("paper", "candidacy").get(pk=attempt.pk)
        )
        existing = Result.objects.filter(attempt=locked).first()
        if existing is not None:
            return existing
        if locked.state not in CLOSED_STATES:
            raise ValueError(f"attempt {locked.code} is {locked.state}, not closed")
        marked = mark(locked, items if items is not None else paper_items(locked))
        entries = _ledger(locked, marked, at=at)
        ScoreEntry.objects.bulk_create(entries, batch_size=200)
        return _write_result(locked, marked, entries, at=at)


def _ledger(attempt: Attempt, marked: list[Marked], *, at: datetime) -> list[ScoreEntry]:
    entries: list[ScoreEntry] = []
    previous = chain.GENESIS
    for link, given in enumerate(marked, start=1):
        entry = ScoreEntry(
            attempt=attempt,
            item=given.item,
            link=link,
            kind=ScoreKind.GRADED,
            marks=given.marks,
            rule=f"{given.item.question_type}/{RULE_VERSION}",
            actor_code=SYSTEM,
            at=at,
            previous=previous,
        )
        entry.digest = chain.link_hash(previous, entry.content())
        previous = entry.digest
        entries.append(entry)
    return entries


def _write_result(attempt: Attempt, marked: list[Marked], entries: list[ScoreEntry], *, at: datetime) -> Result:
    score = scores.as_score(sum((given.marks for given in marked), Decimal(0)))
    rules = attempt.paper.rules
    pass_mark = Decimal(rules["pass_mark"])
    return Result.objects.create(
        attempt=attempt,
        exam_id=attempt.paper.exam_id,
        officer_id=attempt.candidacy.officer_id,
        score=score,
        full_marks=attempt.paper.total_marks,
        pass_mark=pass_mark,
        has_passed=score >= pass_mark,
        band=band_of(score, rules),
        profile=profile_of(marked),
        ledger_length=len(entries),
        ledger_head=entries[-1].digest if entries else chain.GENESIS,
        graded_at=at,
    )


def total_from_ledger(attempt: Attempt) -> Decimal:
    """Return the score as the ledger has it: the newest entry of each item, summed (P09)."""
    newest: dict[int, Decimal] = dict(attempt.score_entries.order_by("link").values_list("item", "marks"))
    return scores.as_score(sum(newest.values(), Decimal(0)))
