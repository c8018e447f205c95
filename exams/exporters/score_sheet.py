"""The score sheet that exam officers file and HR takes over: one row per candidate and sitting, as .xlsx.

Rows are made in batches: a province's exam does not fit into memory at once, and every batch costs the same few
queries. ID numbers are masked, text can never become a formula (`common.worksheets`), and only released results show
a score.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _, pgettext, pgettext_lazy

from common import audit, clock, worksheets
from common.errors import NotPossibleNow
from common.scores import plain
from exams.enums import AttemptState, ExamState
from exams.models import Attempt, Candidacy, Exam, Result
from exams.queries.officer_facts import NOTHING_KNOWN, OfficerFacts, officer_facts
from personnel.models import Posting

JOB_KIND = "exams.score_sheet"
BATCH = 500
# The sheet is an official Chinese form, whatever language its reader has chosen.
LANGUAGE = "zh-hans"

COLUMNS = (
    (pgettext_lazy("score sheet", "No."), 6),
    (pgettext_lazy("score sheet", "Unit"), 30),
    (pgettext_lazy("score sheet", "Name"), 12),
    (pgettext_lazy("score sheet", "ID number (masked)"), 22),
    (pgettext_lazy("score sheet", "Enforcement certificate number"), 20),
    (pgettext_lazy("score sheet", "Enforcement field"), 18),
    (pgettext_lazy("score sheet", "Post / rank"), 16),
    (pgettext_lazy("score sheet", "Exam title"), 34),
    (pgettext_lazy("score sheet", "Sitting"), 18),
    (pgettext_lazy("score sheet", "Due / present"), 10),
    (pgettext_lazy("score sheet", "Score"), 8),
    (pgettext_lazy("score sheet", "Pass mark"), 8),
    (pgettext_lazy("score sheet", "Passed?"), 10),
    (pgettext_lazy("score sheet", "Resits"), 8),
    (pgettext_lazy("score sheet", "Final result"), 12),
    (pgettext_lazy("score sheet", "Hours done / required"), 16),
    (pgettext_lazy("score sheet", "Handed in at"), 20),
    (pgettext_lazy("score sheet", "Remarks"), 28),
)

Row = list[worksheets.Cell]


@dataclass(frozen=True)
class Written:
    """A finished sheet: how many rows it has, and the SHA-256 of the file, by which it is known again."""

    rows: int
    sha256: str


def check_released(exam: Exam) -> None:
    """Refuse a score sheet while results are not released.

    Raises:
        NotPossibleNow: before release nobody gets scores, HR included.
    """
    if exam.state != ExamState.RELEASED:
        raise NotPossibleNow(
            _(
                "The results of “%(exam)s” are not released yet. The score sheet can be downloaded once "
                "the exam officer has released them."
            )
            % {"exam": exam.title},
            code="not_released",
        )


def write(
    exam: Exam,
    candidacies: QuerySet[Candidacy],
    target: Path,
    *,
    by: audit.Actor | None,
    progress: Callable[[int], None] | None = None,
) -> Written:
    """Write the sheet of these candidacies to `target` and note it in the audit log.

    `progress` is told the number of rows so far, once a batch.

    Raises:
        NotPossibleNow: the results are not released.
    """
    check_released(exam)
    at = clock.now()
    counted = 0

    def counting() -> Iterator[Row]:
        nonlocal counted
        for row in rows(exam, candidacies):
            counted += 1
            if progress and counted % BATCH == 0:
                progress(counted)
            yield row

    with translation.override(LANGUAGE):
        table = worksheets.Table(
            title=_("Score sheet"),
            header=[str(title) for title, _width in COLUMNS],
            rows=counting(),
            widths=[width for _title, width in COLUMNS],
        )
        worksheets.write(target, [table])
    with target.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with transaction.atomic():
        audit.record(
            "exams.score_sheet_exported",
            by=by,
            at=at,
            subject=f"exam:{exam.code}",
            detail={"rows": counted, "sha256": sha256},
        )
    return Written(counted, sha256)


def rows(exam: Exam, candidacies: QuerySet[Candidacy]) -> Iterator[Row]:
    """Yield the rows of the sheet; every batch of `BATCH` costs the same number of queries."""
    number = 0
    ids = candidacies.values_list("pk", flat=True).iterator(chunk_size=BATCH)
    while batch := list(islice(ids, BATCH)):
        facts = _Facts(exam, _in_order(batch))
        for candidacy in facts.candidacies:
            number += 1
            yield [number, *facts.row(candidacy)]


def _in_order(ids: list[int]) -> list[Candidacy]:
    found = (
        Candidacy.objects.filter(pk__in=ids)
        .select_related("sitting", "officer", "attempt", "attempt__result")
        .prefetch_related("officer__fields")
        .in_bulk()
    )
    return [found[pk] for pk in ids]


class _Facts:
    """What the rows of one batch need, fetched at once."""

    def __init__(self, exam: Exam, candidacies: list[Candidacy]) -> None:
        self.exam = exam
        self.scheme = exam.scheme
        self.candidacies = candidacies
        officer_ids = sorted({candidacy.officer_id for candidacy in candidacies})
        self.known = officer_facts(exam, officer_ids, day=clock.today())
        self.postings: dict[int, list[Posting]] = {}
        for posting in Posting.objects.filter(officer_id__in=officer_ids).select_related("unit").order_by("starts_on"):
            self.postings.setdefault(posting.officer_id, []).append(posting)
        self.passed = set(
            Result.objects.filter(
                exam=exam, officer_id__in=officer_ids, released_at__isnull=False, has_passed=True
            ).values_list("officer_id", flat=True)
        )
        self.resits_used = dict(
            Candidacy.objects.filter(sitting__exam=exam, officer_id__in=officer_ids)
            .values_list("officer_id")
            .annotate(Max("resit_no"))
        )

    def row(self, candidacy: Candidacy) -> Row:
        """Return the columns after the number."""
        officer, sitting = candidacy.officer, candidacy.sitting
        attempt: Attempt | None = getattr(candidacy, "attempt", None)
        result = _released_result(attempt)
        known = self.known.get(officer.pk, NOTHING_KNOWN)
        return [
            self._unit(candidacy),
            officer.name,
            officer.masked_id_number,
            known.certificate_no,
            "、".join(field.name for field in officer.fields.all()),
            officer.title,
            self.exam.title,
            sitting.name,
            "1/1" if attempt else "1/0",
            result.score if result else None,
            result.pass_mark if result else self.scheme.pass_mark,
            _passed_word(result),
            candidacy.resit_no,
            self._final(officer.pk),
            _hours(known),
            attempt.closed_at if attempt else None,
            "；".join(_remarks(candidacy, attempt)),
        ]

    def _unit(self, candidacy: Candidacy) -> str:
        day = clock.local_day(candidacy.sitting.opens_at)
        postings = self.postings.get(candidacy.officer_id, [])
        held = [
            posting
            for posting in postings
            if posting.starts_on <= day and (posting.ends_on is None or posting.ends_on > day)
        ]
        # Posted later than the sitting or nowhere that day: the newest posting says whom to ask.
        chosen = (held or postings)[-1:]
        return chosen[0].unit.name if chosen else ""

    def _final(self, officer_id: int) -> str:
        if officer_id in self.passed:
            return pgettext("score sheet", "Pass")
        if self.resits_used.get(officer_id, 0) < self.scheme.resits_max:
            return pgettext("score sheet", "Resit open")
        return pgettext("score sheet", "Fail")


def _released_result(attempt: Attempt | None) -> Result | None:
    result: Result | None = getattr(attempt, "result", None)
    return result if result and result.released_at else None


def _passed_word(result: Result | None) -> str:
    if result is None:
        return ""
    return pgettext("score sheet", "Yes") if result.has_passed else pgettext("score sheet", "No")


def _hours(known: OfficerFacts) -> str:
    if known.credited_minutes is None and known.required_minutes is None:
        return ""
    done, required = known.credited_minutes or 0, known.required_minutes or 0
    return f"{_as_hours(done)}/{_as_hours(required)}"


def _as_hours(minutes: int) -> str:
    return plain(Decimal(minutes) / 60)


def _remarks(candidacy: Candidacy, attempt: Attempt | None) -> Iterator[str]:
    if attempt is None:
        yield pgettext("score sheet", "Absent")
    elif attempt.state == AttemptState.TIMED_OUT:
        yield pgettext("score sheet", "Handed in by the platform at the deadline")
    elif attempt.state == AttemptState.VOIDED:
        yield pgettext("score sheet", "Voided")
    if candidacy.extra_minutes:
        yield pgettext("score sheet", "Extra time %(minutes)s minutes") % {"minutes": candidacy.extra_minutes}
