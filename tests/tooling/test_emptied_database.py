"""Tests that commit leave the database as the migrations made it, for every test after them."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from wagtail.models import Locale, Page, Site

from common import audit, clock
from common.models import AuditEvent, ChainHead


def _everything_migrations_wrote() -> dict[str, list[object]]:
    return {
        "chains": list(ChainHead.objects.order_by("name").values_list("pk", "name", "length")),
        "pages": list(Page.objects.order_by("pk").values_list("pk", "path")),
        "sites": list(Site.objects.values_list("pk", "root_page_id")),
        "locales": list(Locale.objects.values_list("pk", "language_code")),
    }


@pytest.mark.django_db(transaction=True)
def test_flush_keeps_what_migrations_wrote_and_removes_the_rest() -> None:
    before = _everything_migrations_wrote()
    assert all(before.values())
    audit.record("tests.something_done", by=None, at=clock.now())
    assert AuditEvent.objects.exists()

    call_command("flush", interactive=False, verbosity=0)

    assert not AuditEvent.objects.exists()
    assert _everything_migrations_wrote() == before
    audit.record("tests.done_again", by=None, at=clock.now())
    assert audit.first_break() is None
    # New rows go on after those that were copied back.
    assert Locale.objects.create(language_code="en").pk > max(before["locales"])[0]


@pytest.mark.django_db(transaction=True)
def test_flush_puts_the_append_only_triggers_back() -> None:
    call_command("flush", interactive=False, verbosity=0)
    audit.record("tests.something_done", by=None, at=clock.now())

    for statement in ("UPDATE com_audit_event SET action = 'x'", "DELETE FROM com_audit_event"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
