"""Making an exam from a scheme, and its blueprint."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from common import audit, clock
from common.errors import BadInput, NotPossibleNow
from common.transitions import TransitionTable
from exams.enums import ExamState
from exams.models import BlueprintRow, Exam, Scheme
from personnel.models import EnforcementField, Officer, Unit
from question_banks.models import Bank, KnowledgePoint

EXAM_MOVES = TransitionTable(
    "exam",
    ExamState,
    {
        ExamState.DRAFT: {
            ExamState.DRAWN: gettext_lazy("a paper is drawn"),
            ExamState.CANCELLED: gettext_lazy("called off"),
        },
        ExamState.DRAWN: {
            ExamState.DRAFT: gettext_lazy("the blueprint is changed"),
            ExamState.SEALED: gettext_lazy("the paper is sealed"),
            ExamState.CANCELLED: gettext_lazy("called off"),
        },
        ExamState.SEALED: {
            ExamState.RELEASED: gettext_lazy("results are released"),
            ExamState.CANCELLED: gettext_lazy("called off"),
        },
        ExamState.RELEASED: {},
        ExamState.CANCELLED: {},
    },
)


@dataclass(frozen=True)
class Cell:
    """One wish of a blueprint. `knowledge_point=None` means any."""

    question_type: str
    knowledge_point: KnowledgePoint | None
    count: int
    marks_each: Decimal


def create_exam(
    *,
    title: str,
    scheme: Scheme,
    unit: Unit,
    banks: Iterable[Bank],
    by: Officer,
    field: EnforcementField | None = None,
    tier: str = "",
    needs_admission: bool = True,
) -> Exam:
    """Create an exam; its blueprint begins as the scheme's counts and marks on any knowledge point."""
    chosen = list(banks)
    if not chosen:
        raise BadInput(_("Choose at least one question bank to draw from."), field="banks")
    at = clock.now()
    with transaction.atomic():
        exam = Exam.objects.create(
            title=title,
            scheme=scheme,
            unit=unit,
            field=field,
            tier=tier,
            needs_admission=needs_admission,
            created_by=by,
            created_at=at,
        )
        exam.banks.set(chosen)
        _write_rows(
            exam,
            [Cell(part.question_type, None, part.count, part.marks_each) for part in scheme.parts.all()],
        )
        audit.record(
            "exams.exam_created",
            by=by,
            at=at,
            subject=f"exam:{exam.code}",
            detail={"title": title, "scheme": scheme.code, "unit": unit.code},
        )
    return exam


def set_blueprint(exam: Exam, cells: Iterable[Cell], *, by: Officer) -> None:
    """Replace the blueprint. A paper that was drawn but not sealed is thrown away with it.

    Raises:
        NotPossibleNow: the paper is sealed.
        BadInput: no cell, a cell without items or marks, or the same cell twice.
    """
    wanted = list(cells)
    _check_cells(wanted)
    at = clock.now()
    with transaction.atomic():
        locked = Exam.objects.select_for_update().get(pk=exam.pk)
        if locked.state not in (ExamState.DRAFT, ExamState.DRAWN):
            raise NotPossibleNow(_("The paper is sealed, so the blueprint can no longer be changed."))
        if locked.state == ExamState.DRAWN:
            locked.papers.filter(sealed_at__isnull=True).delete()
            EXAM_MOVES.move(exam, ExamState.DRAFT, by=by, at=at)
        locked.blueprint.all().delete()
        _write_rows(exam, wanted)
        audit.record(
            "exams.blueprint_set",
            by=by,
            at=at,
            subject=f"exam:{exam.code}",
            detail={"cells": len(wanted), "items": sum(cell.count for cell in wanted)},
        )


def _check_cells(cells: list[Cell]) -> None:
    if not cells:
        raise BadInput(_("The blueprint needs at least one row."))
    if any(cell.count < 1 or cell.marks_each <= 0 for cell in cells):
        raise BadInput(_("Every row needs at least one item and more than zero marks."))
    seen = {(cell.question_type, cell.knowledge_point) for cell in cells}
    if len(seen) != len(cells):
        raise BadInput(_("The same type and knowledge point stand in two rows; join them into one."))


def _write_rows(exam: Exam, cells: list[Cell]) -> None:
    BlueprintRow.objects.bulk_create(
        BlueprintRow(
            exam=exam,
            question_type=cell.question_type,
            knowledge_point=cell.knowledge_point,
            count=cell.count,
            marks_each=cell.marks_each,
            order=order,
        )
        for order, cell in enumerate(cells)
    )


def cancel(exam: Exam, *, by: Officer, reason: str) -> Exam:
    """Call an exam off before its results are released. Attempts stay as evidence."""
    if not reason.strip():
        raise BadInput(_("Say why the exam is called off."), field="reason")
    return EXAM_MOVES.move(exam, ExamState.CANCELLED, by=by, at=clock.now(), reason=reason)
