"""Postings: one at a time, announced, in the log."""

from datetime import date
from typing import Any

import pytest

from common.errors import BadInput, NotPermitted, NotPossibleNow
from common.models import AuditEvent
from personnel.api import postings
from personnel.models import Posting
from personnel.queries import officers
from personnel.signals import officer_posted
from tests.factories.personnel import POSTED_ON, OfficerFactory, UnitFactory
from tests.personas import People

pytestmark = pytest.mark.django_db


def test_a_new_post_ends_the_present_one_on_its_first_day(people: People) -> None:
    postings.post(people.learner, people.bureau, starts_on=date(2026, 3, 1), by=people.hr)
    assert list(people.learner.postings.order_by("starts_on").values_list("unit__code", "starts_on", "ends_on")) == [
        ("SZ-ST-01", POSTED_ON, date(2026, 3, 1)),
        ("SZ-ST", date(2026, 3, 1), None),
    ]
    assert officers.unit_of(people.learner, day=date(2026, 2, 28)) == people.team
    assert officers.unit_of(people.learner, day=date(2026, 3, 1)) == people.bureau


def test_a_post_cannot_begin_before_the_present_one(people: People) -> None:
    with pytest.raises(BadInput) as refusal:
        postings.post(people.learner, people.bureau, starts_on=POSTED_ON, by=people.hr)
    assert refusal.value.field == "starts_on"
    assert people.learner.postings.count() == 1


@pytest.mark.fault("F37")
def test_f37_nobody_pulls_an_officer_out_of_another_city(people: People) -> None:
    with pytest.raises(NotPermitted):
        postings.post(people.learner, people.other_city, starts_on=date(2026, 3, 1), by=people.outsider)
    with pytest.raises(NotPermitted):
        postings.post(people.learner, people.other_city, starts_on=date(2026, 3, 1), by=people.hr)


def test_every_change_is_announced_and_written_down(people: People) -> None:
    heard: list[int] = []

    def listen(officer_id: int, **_rest: Any) -> None:
        heard.append(officer_id)

    officer_posted.connect(listen)
    try:
        postings.post(people.learner, people.bureau, starts_on=date(2026, 3, 1), by=people.hr)
        postings.end(people.learner, ends_on=date(2026, 4, 1), reason="退休", by=people.hr)
    finally:
        officer_posted.disconnect(listen)
    assert heard == [people.learner.pk] * 2
    kinds = AuditEvent.objects.filter(subject="officer:A1001", actor_code="H4001").values_list("action", flat=True)
    assert list(kinds.order_by("link")) == ["personnel.officer_posted", "personnel.posting_ended"]


def test_a_listener_that_fails_takes_the_posting_back(people: People) -> None:
    def fail(**_rest: Any) -> None:
        raise RuntimeError("cannot be told")

    officer_posted.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            postings.end(people.learner, ends_on=date(2026, 4, 1), by=people.hr)
    finally:
        officer_posted.disconnect(fail)
    assert Posting.objects.filter(officer=people.learner, ends_on__isnull=True).exists()


def test_whoever_left_is_still_seen_where_she_served_and_nowhere_else(people: People) -> None:
    postings.end(people.learner, ends_on=date(2026, 4, 1), by=people.hr)
    assert people.learner in officers.visible_to(people.hr)
    assert people.learner not in officers.visible_to(people.outsider)
    with pytest.raises(NotPossibleNow):
        postings.end(people.learner, ends_on=date(2026, 5, 1), by=people.hr)


def test_whoever_moved_away_is_seen_no_more_where_she_served(people: People) -> None:
    postings.post(people.learner, people.bureau, starts_on=date(2026, 3, 1), by=people.hr)
    assert people.learner not in officers.visible_to(people.unit_chief)


def test_many_first_posts_are_written_together(people: People) -> None:
    unit = UnitFactory(parent=people.bureau)
    newcomers = [OfficerFactory() for _number in range(3)]
    rows = [postings.NewPosting(one, unit, date(2026, 1, 5)) for one in newcomers]
    postings.post_many(rows, by=people.hr)
    assert set(officers.in_subtree(unit)) == set(newcomers)
    with pytest.raises(NotPermitted):
        postings.post_many([postings.NewPosting(OfficerFactory(), unit, date(2026, 1, 5))], by=people.outsider)
