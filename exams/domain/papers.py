"""Drawing, sealing and rendering papers."""

import gzip
import hashlib
import json
import secrets
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import audit, clock, scores
from common.errors import NotPossibleNow
from exams.domain import drawing
from exams.domain.exams import EXAM_MOVES
from exams.enums import ExamState
from exams.errors import BlueprintNotMet, Shortfall
from exams.models import BlueprintRow, Exam, Paper, PaperItem
from personnel.models import Officer
from question_banks.enums import QuestionState, QuestionType
from question_banks.models import QuestionVersion
from question_banks.queries.pool import pool

SEED_LIMIT = 2**48


def _pool_items(exam: Exam) -> list[drawing.PoolItem]:
    rows = pool(exam.banks.values_list("pk", flat=True)).values_list(
        "pk", "current_of__question_type", "knowledge_point__path"
    )
    return [drawing.PoolItem(pk, question_type, path or "") for pk, question_type, path in rows]


def _wishes(rows: list[BlueprintRow]) -> list[drawing.Wish]:
    return [
        drawing.Wish(row.question_type, row.knowledge_point.path if row.knowledge_point else "", row.count)
        for row in rows
    ]


def _shortfall(row: BlueprintRow, available: int) -> Shortfall:
    point = row.knowledge_point.name if row.knowledge_point else ""
    return Shortfall(row.get_question_type_display(), point, row.count, available)


def shortfalls(exam: Exam) -> list[Shortfall]:
    """Return the cells of the blueprint that the banks cannot fill now; empty when a paper can be drawn."""
    rows = list(exam.blueprint.select_related("knowledge_point"))
    _drawn, lacks = drawing.draw(_pool_items(exam), _wishes(rows), seed=0)
    return [_shortfall(rows[lack.wish], lack.available) for lack in lacks]


def draw(exam: Exam, *, by: Officer, seed: int | None = None, form: str = "A") -> Paper:
    """Draw a form at random by the blueprint; an unsealed form of the same letter is replaced.

    Raises:
        BlueprintNotMet: names every cell that lacks questions; nothing is changed.
        NotPossibleNow: the exam is called off, or this form is sealed already.
    """
    at = clock.now()
    seed = secrets.randbelow(SEED_LIMIT) if seed is None else seed
    with transaction.atomic():
        locked = Exam.objects.select_for_update().get(pk=exam.pk)
        _check_drawable(locked, form)
        rows = list(locked.blueprint.select_related("knowledge_point"))
        drawn, lacks = drawing.draw(_pool_items(locked), _wishes(rows), seed=seed)
        if lacks or not rows:
            raise BlueprintNotMet([_shortfall(rows[lack.wish], lack.available) for lack in lacks])
        locked.papers.filter(form=form).delete()
        paper = Paper.objects.create(
            exam=locked,
            form=form,
            seed=seed,
            total_marks=sum((row.marks_each * row.count for row in rows), Decimal(0)),
            drawn_by=by,
            drawn_at=at,
        )
        _write_items(paper, rows, drawn)
        if locked.state == ExamState.DRAFT:
            EXAM_MOVES.move(exam, ExamState.DRAWN, by=by, at=at)
        audit.record(
            "exams.paper_drawn",
            by=by,
            at=at,
            subject=f"paper:{paper.code}",
            # Not the seed: with the banks at hand it would repeat the draw.
            detail={"exam": exam.code, "form": form, "items": paper.items.count()},
        )
    return paper


def _check_drawable(exam: Exam, form: str) -> None:
    if exam.state == ExamState.CANCELLED:
        raise NotPossibleNow(_("This exam is called off; no more papers can be drawn."))
    if exam.papers.filter(form=form, sealed_at__isnull=False).exists():
        raise NotPossibleNow(_("Form %(form)s is sealed. Draw another form instead.") % {"form": form})


def _write_items(paper: Paper, rows: list[BlueprintRow], drawn: list[list[int]]) -> None:
    items = [
        PaperItem(
            paper=paper,
            position=0,
            version_id=version_id,
            question_type=row.question_type,
            marks=row.marks_each,
        )
        for row, version_ids in zip(rows, drawn, strict=True)
        for version_id in version_ids
    ]
    # Types keep the blueprint's order; inside a type the cells mix, so that position tells no knowledge point.
    type_order = {row.question_type: order for order, row in reversed(list(enumerate(rows)))}
    items.sort(key=lambda item: (type_order[item.question_type], _scatter(paper.seed, item.version_id)))
    for position, item in enumerate(items, start=1):
        item.position = position
    PaperItem.objects.bulk_create(items, batch_size=200)


def _scatter(seed: int, *names: int | str) -> bytes:
    """Return a sort key that is as good as random but follows from the seed."""
    return hashlib.sha256(":".join(map(str, (seed, *names))).encode()).digest()


def option_order(paper: Paper, version: QuestionVersion) -> list[str]:
    """Return the question's option ids in the order in which this paper numbers them.

    Shuffled once per paper, so that neither position nor number of an option says anything about the key; true and
    false keep the order everybody expects.
    """
    ids = [option["id"] for option in version.content["options"]]
    if version.question.question_type == QuestionType.TRUE_FALSE:
        return ids
    return sorted(ids, key=lambda option: _scatter(paper.seed, version.pk, option))


def render_public(paper: Paper, items: list[PaperItem]) -> bytes:
    """Return the paper as the room's pages get it, gzipped JSON: stems and options, no key, no explanation."""
    rendered = [_public_item(paper, reference, item) for reference, item in enumerate(items)]
    document = {"version": 1, "title": paper.exam.title, "form": paper.form, "items": rendered}
    raw = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(raw, compresslevel=9, mtime=0)


def _public_item(paper: Paper, reference: int, item: PaperItem) -> dict[str, Any]:
    texts = {option["id"]: option["text"] for option in item.version.content["options"]}
    return {
        "ref": reference,
        "type": item.question_type,
        "marks": scores.plain(item.marks),
        "stem": item.version.content["stem"],
        "options": [texts[option] for option in option_order(paper, item.version)],
    }


def seal(paper: Paper, *, by: Officer) -> Paper:
    """Freeze a drawn paper: render it once, note its digest and the scheme's rules. There is no way back.

    Raises:
        NotPossibleNow: it is sealed already, or a question on it is no longer approved.
    """
    at = clock.now()
    with transaction.atomic():
        exam = Exam.objects.select_for_update().select_related("scheme").get(pk=paper.exam_id)
        locked = Paper.objects.select_for_update().get(pk=paper.pk)
        if locked.sealed_at is not None:
            raise NotPossibleNow(_("This paper is sealed already."))
        items = list(locked.items.select_related("version__question").order_by("position"))
        _check_still_approved(items)
        locked.public = render_public(locked, items)
        locked.digest = hashlib.sha256(locked.public).hexdigest()
        locked.sealed_at, locked.sealed_by = at, by
        locked.rules = frozen_rules(exam)
        locked.save(update_fields=["public", "digest", "sealed_at", "sealed_by", "rules"])
        if exam.state == ExamState.DRAWN:
            EXAM_MOVES.move(exam, ExamState.SEALED, by=by, at=at)
        audit.record(
            "exams.paper_sealed",
            by=by,
            at=at,
            subject=f"paper:{locked.code}",
            detail={"exam": exam.code, "form": locked.form, "digest": locked.digest},
        )
    return locked


def _check_still_approved(items: list[PaperItem]) -> None:
    gone = [item.position for item in items if item.version.question.state != QuestionState.APPROVED]
    if gone:
        raise NotPossibleNow(
            _("Questions no. %(numbers)s are no longer approved. Draw the paper again.")
            % {"numbers": ", ".join(map(str, gone))}
        )


def frozen_rules(exam: Exam) -> dict[str, Any]:
    """Return what grading needs of the scheme, as it stands now."""
    scheme = exam.scheme
    return {
        "version": 1,
        "scheme": scheme.code,
        "pass_mark": str(scores.as_score(scheme.pass_mark)),
        "good_mark": str(scores.as_score(scheme.good_mark)),
        "excellent_mark": str(scores.as_score(scheme.excellent_mark)),
        "multiple": scheme.multiple_rule,
        "duration_minutes": scheme.duration_minutes,
        "submit_opens_after_minutes": scheme.submit_opens_after_minutes,
        "weak_below_percent": scheme.weak_below_percent,
    }
