"""Imports: records from a file → plan → shown → executed.

The plan compares every record with the bank by type, stem and options, and by the number it carries. Executing makes
the plan anew under a lock on the bank, so what two people import at once is compared as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _, gettext_noop

from common import audit
from common.errors import NotPossibleNow
from personnel.models import Officer
from question_banks.domain import review
from question_banks.domain.banks import add_knowledge_point
from question_banks.enums import QuestionState
from question_banks.models import Bank, KnowledgePoint, Question, QuestionVersion
from question_banks.question_types import registry
from question_banks.question_types.fingerprint import content_fingerprint, right_texts
from question_banks.question_types.record import Record, Sentence

BATCH = 500
DEFAULT_DIFFICULTY = 3
Item = TypeVar("Item")

KEPT_ONCE = gettext_noop("The same question stands at %(place)s; it is kept once.")
REPEATED = gettext_noop("The same question stands at %(place)s with another key: one of the two keys is wrong.")
CONTRADICTS = gettext_noop(
    "The bank holds this question as %(code)s with another key. Correct the file, or the question in the bank."
)
RETIRED = gettext_noop("Question %(code)s is retired and takes no new version.")
OTHER_TYPE = gettext_noop("Question %(code)s is of another type; a question keeps its type.")
BROKEN = gettext_noop("The question breaks a rule of its type.")


@dataclass(frozen=True)
class Refusal:
    """A record that is not imported: where, why, and how it begins."""

    place: Sentence
    reasons: Sequence[Sentence]
    excerpt: str

    def plain(self) -> dict[str, Any]:
        """Return it as JSON, still untranslated."""
        return {
            "place": self.place.model_dump(),
            "reasons": [reason.model_dump() for reason in self.reasons],
            "excerpt": self.excerpt,
        }


@dataclass(frozen=True)
class Prepared:
    """A whole record, checked by its type, ready to be a version."""

    record: Record
    content: dict[str, Any]
    key: dict[str, Any]
    fingerprint: str
    right: Sequence[str]


@dataclass
class ImportPlan:
    """What an import will do.

    Attributes:
        new: questions to be written.
        updates: (question, what its next version will hold).
        same: how many are in the bank already.
        repeated: whole records that repeat a new one of the same files, with where that stands; kept once.
        refused: records left out, with reasons.
        new_points: names of knowledge points that will be added.
    """

    bank: Bank
    records: Sequence[Record]
    new: list[Prepared] = field(default_factory=list)
    updates: list[tuple[Question, Prepared]] = field(default_factory=list)
    same: int = 0
    repeated: list[tuple[Record, Sentence]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    new_points: list[str] = field(default_factory=list)

    def refuse(self, record: Record, message: str, **params: Any) -> None:
        """Leave a whole record out for what the bank or another record says."""
        reason = Sentence(message=message, params=params)
        self.refused.append(Refusal(record.place, [reason], record.excerpt))


@dataclass(frozen=True)
class Outcome:
    """What an import did. `imported` counts questions; `repeated` records were kept once with one of them."""

    imported: int
    repeated: int
    updated: int
    same: int
    question_ids: Sequence[int]


def plan(bank: Bank, records: Sequence[Record]) -> ImportPlan:
    """Compare records with the bank and with each other; writes nothing."""
    result = ImportPlan(bank=bank, records=records)
    prepared = [item for record in records if (item := _prepared(record, result))]
    by_fingerprint = _by_fingerprint(bank, prepared)
    by_number = _by_number(bank, prepared)
    seen: dict[str, Prepared] = {}
    new: set[str] = set()
    for item in prepared:
        earlier = seen.setdefault(item.fingerprint, item)
        if earlier is not item:
            _compare_within(result, item, earlier, is_new=item.fingerprint in new)
            continue
        known = by_number.get(item.record.external_id) if item.record.external_id else None
        _compare_with_bank(result, item, known, by_fingerprint.get(item.fingerprint))
        if result.new and result.new[-1] is item:
            new.add(item.fingerprint)
    result.new_points = _missing_points(result)
    return result


def execute(planned: ImportPlan, *, by: Officer, at: datetime, files: Sequence[str] = ()) -> Outcome:
    """Write the plan, all of it or nothing; new and changed questions go to review.

    Raises:
        NotPermitted: `by` is no question author of the bank.
        NotPossibleNow: nothing in it is new or changed.
    """
    bank = planned.bank
    review.check_author(bank, by)
    with transaction.atomic():
        Bank.objects.select_for_update().get(pk=bank.pk)
        fresh = plan(bank, planned.records)
        if not fresh.new and not fresh.updates:
            raise NotPossibleNow(
                _("There is nothing to import: no question in these files is new or changed."), code="nothing_new"
            )
        points = _points(fresh, by=by)
        created = _create(fresh.new, bank=bank, points=points, by=by, at=at)
        _update(fresh.updates, points=points, by=by, at=at)
        outcome = Outcome(
            imported=len(created),
            repeated=len(fresh.repeated),
            updated=len(fresh.updates),
            same=fresh.same,
            question_ids=[question.pk for question in created] + [question.pk for question, _item in fresh.updates],
        )
        audit.record(
            "question_banks.questions_imported",
            by=by,
            at=at,
            subject=f"bank:{bank.code}",
            detail={
                "files": list(files),
                "imported": outcome.imported,
                "updated": outcome.updated,
                "same": outcome.same,
                "refused": len(fresh.refused),
            },
        )
    return outcome


# --- planning -----------------------------------------------------------------------------------------------------
def _prepared(record: Record, result: ImportPlan) -> Prepared | None:
    if record.problems:
        result.refused.append(Refusal(record.place, record.problems, record.excerpt))
        return None
    question_type = registry.get(record.question_type)
    content = {"stem": record.stem, "options": [option.model_dump() for option in record.options]}
    try:
        read_content, read_key = question_type.read(content, {"right": record.right})
    except ValueError:
        # The parsers check the same rules with better words; what slips through is still refused here.
        result.refuse(record, BROKEN)
        return None
    return Prepared(
        record=record,
        content=read_content.model_dump(),
        key=read_key.model_dump(),
        fingerprint=content_fingerprint(record.question_type, read_content),
        right=right_texts(read_content, read_key),
    )


def _compare_within(result: ImportPlan, item: Prepared, earlier: Prepared, *, is_new: bool) -> None:
    if item.right == earlier.right and is_new:
        result.repeated.append((item.record, earlier.record.place))
    elif item.right == earlier.right:
        result.same += 1
    else:
        result.refuse(item.record, REPEATED, place=earlier.record.place.model_dump())


def _compare_with_bank(result: ImportPlan, item: Prepared, known: Question | None, alike: Question | None) -> None:
    """Decide by the number the record carries first, then by its content."""
    other = alike if known is None or (alike is not None and alike.pk != known.pk) else None
    if other is None and known is None:
        result.new.append(item)
    elif other is not None:
        if _stored_right(other) == item.right:
            result.same += 1
        else:
            result.refuse(item.record, CONTRADICTS, code=other.code)
    elif known is not None:
        _compare_version(result, item, known)


def _compare_version(result: ImportPlan, item: Prepared, known: Question) -> None:
    if not _has_changed(known, item):
        result.same += 1
    elif known.state == QuestionState.RETIRED:
        result.refuse(item.record, RETIRED, code=known.code)
    elif known.question_type != item.record.question_type:
        result.refuse(item.record, OTHER_TYPE, code=known.code)
    else:
        result.updates.append((known, item))


def _has_changed(question: Question, item: Prepared) -> bool:
    current, record = question.current, item.record
    if current is None or (current.content, current.key) != (item.content, item.key):
        return True
    # A column that the file does not have changes nothing.
    return any(
        told and told != stored
        for told, stored in (
            (record.explanation, current.explanation),
            (record.legal_basis, current.legal_basis),
            (record.source, current.source),
            (record.difficulty, current.difficulty),
        )
    )


def _stored_right(question: Question) -> list[str]:
    assert question.current is not None
    return right_texts(*registry.get(question.question_type).read(question.current.content, question.current.key))


def _by_fingerprint(bank: Bank, prepared: Sequence[Prepared]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for chunk in _chunks(sorted({item.fingerprint for item in prepared})):
        questions = Question.objects.filter(bank=bank, current__fingerprint__in=chunk).select_related("current")
        found |= {question.current.fingerprint: question for question in questions if question.current}
    return found


def _by_number(bank: Bank, prepared: Sequence[Prepared]) -> dict[str, Question]:
    """Find questions by our own code or by the number that an earlier import kept."""
    numbers = sorted({item.record.external_id for item in prepared if item.record.external_id})
    found: dict[str, Question] = {}
    for chunk in _chunks(numbers):
        questions = Question.objects.filter(Q(code__in=chunk) | Q(external_id__in=chunk), bank=bank)
        for question in questions.select_related("current"):
            found[question.code] = question
            if question.external_id:
                found[question.external_id] = question
    return found


def _missing_points(result: ImportPlan) -> list[str]:
    wanted = {name for name in _point_names(result) if name}
    known: set[str] = set()
    for chunk in _chunks(sorted(wanted)):
        points = KnowledgePoint.objects.filter(Q(name__in=chunk) | Q(code__in=chunk))
        known |= {value for pair in points.values_list("name", "code") for value in pair}
    return sorted(wanted - known)


def _point_names(result: ImportPlan) -> Iterable[str]:
    items = [*result.new, *(item for _question, item in result.updates)]
    return (_point_name(item) for item in items)


def _point_name(item: Prepared) -> str:
    # A question is counted under one knowledge point, the first that the file names.
    return item.record.knowledge_points[0] if item.record.knowledge_points else ""


# --- writing ------------------------------------------------------------------------------------------------------
def _points(fresh: ImportPlan, *, by: Officer) -> dict[str, KnowledgePoint]:
    for name in fresh.new_points:
        add_knowledge_point(name, by=by)
    found: dict[str, KnowledgePoint] = {}
    for chunk in _chunks(sorted({name for name in _point_names(fresh) if name})):
        for point in KnowledgePoint.objects.filter(Q(name__in=chunk) | Q(code__in=chunk)).order_by("-depth", "-pk"):
            found[point.code] = point
            found[point.name] = point
    return found


def _create(
    items: Sequence[Prepared], *, bank: Bank, points: dict[str, KnowledgePoint], by: Officer, at: datetime
) -> list[Question]:
    questions = Question.objects.bulk_create(
        [
            Question(
                bank=bank,
                external_id=item.record.external_id,
                question_type=item.record.question_type,
                state=QuestionState.IN_REVIEW,
                author=by,
                created_at=at,
            )
            for item in items
        ],
        batch_size=BATCH,
    )
    QuestionVersion.objects.bulk_create(
        [_version(question, 1, item, points, by, at) for question, item in zip(questions, items, strict=True)],
        batch_size=BATCH,
    )
    latest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number").values("pk")[:1]
    for chunk in _chunks([question.pk for question in questions]):
        Question.objects.filter(pk__in=chunk).update(current=Subquery(latest))
    return questions


def _update(
    updates: Sequence[tuple[Question, Prepared]], *, points: dict[str, KnowledgePoint], by: Officer, at: datetime
) -> None:
    for question, item in updates:
        locked = Question.objects.select_for_update(of=("self",)).select_related("current", "bank").get(pk=question.pk)
        number = locked.current.number + 1 if locked.current else 1
        version = _version(locked, number, item, points, by, at)
        version.save(force_insert=True)
        review.reopen_for_new_version(locked, by=by, at=at)
        # The author answers for the wording that is current; so the reviewer must be another person than this one.
        Question.objects.filter(pk=locked.pk).update(current=version, author=by)


def _version(
    question: Question, number: int, item: Prepared, points: dict[str, KnowledgePoint], by: Officer, at: datetime
) -> QuestionVersion:
    record, current = item.record, question.current if number > 1 else None
    return QuestionVersion(
        question=question,
        number=number,
        content=item.content,
        key=item.key,
        stem=record.stem,
        explanation=record.explanation or (current.explanation if current else ""),
        difficulty=record.difficulty or (current.difficulty if current else DEFAULT_DIFFICULTY),
        knowledge_point=points.get(_point_name(item)) or (current.knowledge_point if current else None),
        legal_basis=record.legal_basis or (current.legal_basis if current else ""),
        source=record.source or (current.source if current else ""),
        fingerprint=item.fingerprint,
        author=by,
        created_at=at,
    )


def _chunks(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
