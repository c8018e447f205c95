"""The audit log as auditors read it, and the tree of units."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from common import audit, jobs
from common.models import AuditEvent, Job
from common.triggers import drop_statements
from personnel.api import accounts
from personnel.models import Unit
from tests.personas import People, login

pytestmark = pytest.mark.django_db
LOG = "/personnel/audit/"


def _actions(people: People, **query: str) -> list[str]:
    page = login(people.auditor).get(LOG, query).context["page"]
    return [event.action for event in page]


def test_an_auditor_filters_by_person_act_thing_and_day(people: People) -> None:
    accounts.disable(people.learner, by=people.hr, reason="调离")
    accounts.enable(people.learner, by=people.hr, reason="回任")
    audit.record("personnel.unit_renamed", by=people.hr, at=datetime(2026, 1, 1, 15, 59, tzinfo=UTC), subject="unit:X")
    audit.record("personnel.unit_renamed", by=people.hr, at=datetime(2026, 1, 1, 16, 1, tzinfo=UTC), subject="unit:Y")
    assert _actions(people, actor="h4001")[:3] == ["personnel.unit_renamed"] * 2 + ["personnel.account_enabled"]
    assert _actions(people, actor="H4001", action="personnel.account_disabled") == ["personnel.account_disabled"]
    assert _actions(people, subject="officer:A1001")[0] == "personnel.account_enabled"
    # Days are those of the officers' time zone.
    assert len(_actions(people, action="personnel.unit_renamed", day="2026-01-01")) == 1
    assert len(_actions(people, action="personnel.unit_renamed", day="2026-01-02")) == 1
    assert _actions(people, day="not a day") == []


@pytest.mark.fault("F48")
def test_f48_strange_filters_find_nothing_and_break_nothing(people: People) -> None:
    for words in ("';--", "a" * 10_000, "a\x00b", "%"):
        answer = login(people.auditor).get(LOG, {"subject": words, "actor": words})
        assert (answer.status_code, list(answer.context["page"])) == (200, [])


def test_an_auditor_of_one_city_sees_its_people_and_what_was_done_to_them(people: People) -> None:
    audit.record("test.elsewhere", by=people.outsider, at=datetime(2026, 1, 1, tzinfo=UTC), subject="unit:BH")
    seen = {event.actor_code for event in login(people.auditor).get(LOG).context["page"]}
    assert "X9001" not in seen
    shown = login(people.auditor).get(LOG, {"subject": "officer:X9001"})
    assert list(shown.context["page"]) == []


def test_acts_are_named_in_words(people: People) -> None:
    accounts.disable(people.learner, by=people.hr, reason="调离")
    assert "停用账号" in login(people.auditor).get(LOG, {"actor": "H4001"}).content.decode()


def test_the_state_of_the_chains_is_shown_after_verifying(people: People) -> None:
    session = login(people.audit_admin)
    session.post("/personnel/audit/verify/")
    jobs.run(Job.objects.get().pk)
    assert "全部记录链完整" in session.get(LOG).content.decode()
    with connection.cursor() as cursor:
        for statement in drop_statements("com_audit_event", connection.vendor):
            cursor.execute(statement)
        cursor.execute("UPDATE com_audit_event SET reason = 'x' WHERE link = 3")
    session.post("/personnel/audit/verify/")
    jobs.run(Job.objects.order_by("-pk")[0].pk)
    page = session.get(LOG).content.decode()
    assert "audit event 3" in page
    assert "记录链断裂" in page


def test_the_system_administrator_adds_and_renames_units(people: People) -> None:
    session = login(people.system_admin)
    new = {"code": "SZ-JT", "name": "市交通局", "kind": "agency", "region": ""}
    assert session.post("/personnel/units/SZ/add/", new).status_code == 302
    assert session.post("/personnel/units/SZ/add/", new).status_code == 422
    assert session.post("/personnel/units/SZ-JT/rename/", {"name": "市交通运输局"}).status_code == 302
    assert Unit.objects.get(code="SZ-JT").name == "市交通运输局"
    assert session.post("/personnel/units/BH/rename/", {"name": "别市"}).status_code == 404
    assert AuditEvent.objects.filter(actor_code="S6002", action__startswith="personnel.unit_").count() == 2


def test_the_tree_counts_who_serves_in_each_unit(people: People) -> None:
    rows = login(people.hr).get("/personnel/units/").context["rows"]
    assert [(unit.code, depth, count) for unit, depth, count in rows] == [
        ("SZ", 0, 7),
        ("SZ-ST", 1, 3),
        ("SZ-ST-01", 2, 3),
    ]
