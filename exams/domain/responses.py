"""Reading answers: what a batch may hold, and the answers that are in effect."""

import gzip
import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from exams.domain import layouts
from exams.errors import UnknownItem
from exams.models import Attempt, Paper, Sitting


@lru_cache(maxsize=64)
def _public_document(digest: str) -> dict[str, Any]:
    """Return a sealed paper's public JSON; sealed papers never change, so a process may keep them."""
    document: dict[str, Any] = json.loads(gzip.decompress(public_bytes(digest)))
    return document


@lru_cache(maxsize=64)
def public_bytes(digest: str) -> bytes:
    """Return a sealed paper's gzipped JSON by its digest.

    Raises:
        Paper.DoesNotExist: no sealed paper has it.
    """
    rendered = Paper.objects.values_list("public", flat=True).get(digest=digest)
    return bytes(rendered or b"")


def opened_bytes(digest: str, *, at: datetime) -> bytes:
    """Return a paper's gzipped JSON once a sitting of it has opened.

    The digest stands in the audit log and on the exam officer's page from sealing on, so it is no secret and does not
    open the paper early.

    Raises:
        Paper.DoesNotExist: no sealed paper has it, or nobody may sit it yet.
    """
    if not Sitting.objects.filter(paper__digest=digest, opens_at__lte=at).exists():
        raise Paper.DoesNotExist
    return public_bytes(digest)


def public_items(paper: Paper) -> list[layouts.PublicItem]:
    """Return what layouts need of a sealed paper."""
    document = _public_document(str(paper.digest))
    return [layouts.PublicItem(row["ref"], row["type"], len(row["options"])) for row in document["items"]]


def check_answers(code: str, answers: Sequence[dict[str, Any]]) -> None:
    """Refuse a batch that names an item or option which is not part of the attempt `code` (F35).

    Raises:
        UnknownItem: nothing of the batch is stored.
    """
    shape = layouts.shape_of(code)
    if len(answers) > len(shape.options):
        raise UnknownItem(_("An answer names a question or option that is not on this paper."))
    for answer in answers:
        options = shape.options.get(answer["item"])
        value = answer["value"]
        if options is None or len(set(value)) != len(value) or not options.issuperset(value):
            raise UnknownItem(_("An answer names a question or option that is not on this paper."))


def in_effect(attempt: Attempt) -> dict[str, list[str]]:
    """Return item name → chosen option names: for each item, the answer of the highest sequence number.

    Late answers are evidence and never in effect.
    """
    answers: dict[str, list[str]] = {}
    rows = attempt.responses.filter(is_late=False).order_by("seq", "link")
    for batch in rows.values_list("answers", flat=True):
        for answer in batch:
            answers[answer["item"]] = answer["value"]
    return answers
