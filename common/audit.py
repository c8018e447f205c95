"""The platform's audit log: one chained row per privileged act, in the transaction of the act."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils.functional import Promise

from common import chain
from common.models import AuditEvent, ChainHead

CHAIN = "audit"
SYSTEM = "system"
# Action → what auditors read. Apps enter theirs with `name_actions` when they get ready.
NAMES: dict[str, str | Promise] = {}


class Actor(Protocol):
    """Whoever acts: in practice an officer."""

    @property
    def service_no(self) -> str: ...
    @property
    def name(self) -> str: ...


def name_actions(names: Mapping[str, str | Promise]) -> None:
    """Enter the words for an app's actions: `exams.paper_sealed` → "Paper sealed"."""
    NAMES.update(names)


def named_actions() -> list[tuple[str, str]]:
    """Return every action that has words, sorted by them, as choices."""
    return sorted(((action, str(words)) for action, words in NAMES.items()), key=lambda pair: pair[1])


def name_of(action: str) -> str:
    """Return an action in words; one that nobody entered stays as it is written."""
    return str(NAMES.get(action, action))


def record(
    action: str,
    *,
    by: Actor | None,
    at: datetime,
    subject: str = "",
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Append one act to the audit chain.

    Call it inside the transaction of the act: both commit or neither. Writers queue on the chain's
    head row, so keep it late in the transaction. `by=None` means the platform itself. Never put
    answers or ID numbers into `detail`.
    """
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().get(name=CHAIN)
        event = AuditEvent(
            link=head.length + 1,
            at=at,
            actor_code=by.service_no if by else SYSTEM,
            actor_name=by.name if by else "",
            action=action,
            subject=subject,
            detail=detail or {},
            reason=reason,
            previous=head.digest,
        )
        event.digest = chain.link_hash(head.digest, event.content())
        event.save()
        head.length, head.digest = event.link, event.digest
        head.save(update_fields=["length", "digest"])
    return event


def _links() -> Iterator[chain.Link]:
    for event in AuditEvent.objects.order_by("link").iterator(chunk_size=2000):
        yield chain.Link(f"audit event {event.link}", event.content(), event.previous, event.digest)


def first_break() -> chain.Break | None:
    """Return the first broken link of the audit log, or None when it is whole."""
    return chain.first_break(_links(), head=ChainHead.objects.get(name=CHAIN).digest)
