"""The audit log: appended with the act or not at all, unchangeable, and telling when it was tampered with."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from common import audit, records
from common.chain import Break
from common.models import AuditEvent, ChainHead
from common.models.append_only import AppendOnlyViolation
from common.triggers import drop_statements, trigger_statements
from tests.personas import People

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def _three() -> list[AuditEvent]:
    return [audit.record(f"test.act_{number}", by=None, at=AT, detail={"n": number}) for number in (1, 2, 3)]


def _tamper(sql: str, *values: object) -> None:
    """Change history as somebody would who owns the database and took the trigger away."""
    with connection.cursor() as cursor:
        for statement in drop_statements("com_audit_event", connection.vendor):
            cursor.execute(statement)
        cursor.execute(sql, values)
        for statement in trigger_statements("com_audit_event", connection.vendor):
            cursor.execute(statement)


def test_an_entry_says_who_what_to_which_when_and_why(people: People) -> None:
    event = audit.record(
        "exams.paper_sealed", by=people.exam_officer, at=AT, subject="paper:7KQ2", detail={"items": 85}, reason="定稿"
    )
    event.refresh_from_db()
    assert (event.actor_code, event.actor_name, event.action) == ("E3001", "孙丽", "exams.paper_sealed")
    assert (event.subject, event.detail, event.reason, event.at) == ("paper:7KQ2", {"items": 85}, "定稿", AT)


def test_links_are_numbered_without_gaps_and_the_head_knows_the_last() -> None:
    first, second, third = _three()
    assert [second.link - first.link, third.link - second.link] == [1, 1]
    assert [second.previous, third.previous] == [first.digest, second.digest]
    head = ChainHead.objects.get(name="audit")
    assert (head.length, head.digest) == (third.link, third.digest)


def test_an_act_that_fails_leaves_no_entry_and_no_gap() -> None:
    length = ChainHead.objects.get(name="audit").length

    def act() -> None:
        with transaction.atomic():
            audit.record("test.act", by=None, at=AT)
            raise RuntimeError("the act failed")

    with pytest.raises(RuntimeError):
        act()
    assert ChainHead.objects.get(name="audit").length == length
    assert audit.record("test.act", by=None, at=AT).link == length + 1
    assert audit.first_break() is None


def test_the_model_refuses_to_change_or_remove_an_entry() -> None:
    event = _three()[0]
    event.reason = "其实不是"
    for act in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(reason="x"),
    ):
        with pytest.raises(AppendOnlyViolation):
            act()


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE com_audit_event SET reason = 'x' WHERE link = %s", "content does not match its digest"),
        ("UPDATE com_audit_event SET actor_code = 'Z1' WHERE link = %s", "content does not match its digest"),
        ("DELETE FROM com_audit_event WHERE link = %s", "does not follow the link before it"),
    ],
)
def test_p10_tampering_past_the_trigger_is_found_and_placed(sql: str, reason: str) -> None:
    _first, second, third = _three()
    assert audit.first_break() is None
    _tamper(sql, second.link)
    broken = third.link if sql.startswith("DELETE") else second.link
    assert audit.first_break() == Break(f"audit event {broken}", reason)


def test_p10_entries_cut_off_at_the_end_are_missed() -> None:
    third = _three()[2]
    _tamper("DELETE FROM com_audit_event WHERE link = %s", third.link)
    assert audit.first_break() == Break(f"audit event {third.link - 1}", "the chain ends before its noted head")


def test_verify_records_says_whole_and_exits_well() -> None:
    _three()
    out = io.StringIO()
    call_command("verify_records", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["whole"], answer["broken"], answer["chains"]["audit"]) == (True, [], 1)


def test_verify_records_exits_with_one_and_names_the_first_break() -> None:
    second = _three()[1]
    _tamper("UPDATE com_audit_event SET reason = 'x' WHERE link = %s", second.link)
    for options in ([], ["--json"]):
        out = io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("verify_records", *options, stdout=out)
        assert ended.value.code == 1
        assert f"audit event {second.link}" in out.getvalue()


def test_every_kind_of_record_is_walked_and_a_name_is_taken_once() -> None:
    def chains() -> object:
        yield "chain 1", None
        yield "chain 2", Break("link 7", "content does not match its digest")

    records.register("made up", chains)  # type: ignore[arg-type]
    try:
        verdict = records.verify()
        with pytest.raises(ValueError, match="made up"):
            records.register("made up", records.audit_chains)
    finally:
        del records.REGISTRY["made up"]
    assert verdict.chains["made up"] == 2
    assert verdict.broken == [("made up", "chain 2", Break("link 7", "content does not match its digest"))]
    assert not verdict.whole
