"""Honest hours: the server counts, and never more than the wall clock, the lesson or the day."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from common import clock
from personnel.models import Officer
from tests.factories.cms import LessonFactory
from tests.factories.personnel import OfficerFactory
from tests.training.learning.readers import MORNING, Reader
from training.domain import hours, progress
from training.models import HoursEntry, LessonProgress

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Reader:
    return Reader(OfficerFactory())


def test_reading_is_credited_by_the_minute(reader: Reader) -> None:
    lesson = LessonFactory(minutes=10)

    reading = reader.read(lesson, minutes=3)

    assert (reading.seconds_read, reading.minutes_credited) == (180, 3)
    assert not reading.completed
    assert [(e.minutes, e.lesson_id) for e in HoursEntry.objects.all()] == [(1, lesson.pk)] * 3


def test_entry_carries_its_evidence_and_day(reader: Reader) -> None:
    reader.read(LessonFactory(), minutes=1)

    entry = HoursEntry.objects.get()
    assert entry.evidence == {"seconds": 60, "beats": 5}
    assert entry.day == clock.local_day(reader.now)
    assert entry.at == reader.now


def test_lesson_is_completed_at_its_minutes_and_counts_no_more(reader: Reader) -> None:
    lesson = LessonFactory(minutes=2)

    reading = reader.read(lesson, minutes=5)

    assert reading.completed
    assert (reading.seconds_read, reading.minutes_credited) == (120, 2)
    completed_at = LessonProgress.objects.get().completed_at
    assert completed_at == MORNING + timedelta(seconds=120)


def test_first_sign_of_life_credits_nothing(reader: Reader) -> None:
    assert reader.beat(LessonFactory(), after=3600).seconds_read == 0


def test_pause_counts_at_most_the_gap(reader: Reader, settings: LazySettings) -> None:
    settings.MINGFA_READING_GAP_SECONDS = 60
    lesson = LessonFactory()
    reader.open(lesson)

    assert reader.beat(lesson, after=60).seconds_read == 60
    assert reader.beat(lesson, after=61).seconds_read == 120
    assert reader.beat(lesson, after=7200).seconds_read == 180


def test_opening_after_a_pause_counts_nothing(reader: Reader) -> None:
    lesson = LessonFactory()
    reader.read(lesson, minutes=1)

    assert reader.open(lesson, after=3600).seconds_read == 60
    assert reader.open(lesson, after=20).seconds_read == 80


def test_replay_at_the_same_instant_counts_once(reader: Reader) -> None:
    lesson = LessonFactory()
    reader.open(lesson)

    readings = [reader.beat(lesson, after=after) for after in (15, 0, 0, 0)]

    assert [reading.seconds_read for reading in readings] == [15, 15, 15, 15]


def test_overtaken_request_never_counts_time_twice(reader: Reader) -> None:
    lesson = LessonFactory()
    reader.open(lesson)
    reader.beat(lesson, after=30)

    assert reader.beat(lesson, after=-20).seconds_read == 30
    assert reader.beat(lesson, after=20).seconds_read == 30
    assert reader.beat(lesson, after=15).seconds_read == 45


def test_parts_of_a_second_are_not_lost(reader: Reader) -> None:
    lesson = LessonFactory()
    reader.open(lesson)

    for _ in range(40):
        reading = reader.beat(lesson, after=1.5)

    assert reading.seconds_read == 60


def test_two_devices_on_one_lesson_count_once(reader: Reader) -> None:
    lesson = LessonFactory()
    reader.open(lesson)
    reader.open(lesson, after=5)

    for _ in range(8):
        reader.beat(lesson, after=7.5)
        reading = reader.beat(lesson, after=7.5)

    assert reading.seconds_read == 125


def test_two_lessons_at_once_share_one_clock(reader: Reader) -> None:
    first, second = LessonFactory(), LessonFactory()
    reader.open(first)
    reader.open(second)

    for _ in range(8):
        one = reader.beat(first, after=7)
        other = reader.beat(second, after=8)

    assert one.seconds_read + other.seconds_read == 120


def test_daily_cap_stops_the_watch(reader: Reader, settings: LazySettings) -> None:
    settings.MINGFA_DAILY_HOURS_CAP_MINUTES = 2
    first, second = LessonFactory(minutes=1), LessonFactory(minutes=10)
    reader.read(first, minutes=1)

    reading = reader.read(second, minutes=5)

    assert reading.capped
    assert reading.minutes_credited == 1
    assert hours.credited_on(reader.officer, reader.now) == 2


def test_cap_begins_anew_at_local_midnight(reader: Reader, settings: LazySettings) -> None:
    settings.MINGFA_DAILY_HOURS_CAP_MINUTES = 1
    lesson = LessonFactory(minutes=10)
    # 23:58 in Shanghai, which is the afternoon before in UTC.
    reader.now = MORNING.replace(hour=15, minute=58)
    reader.read(lesson, minutes=4)

    assert [(str(entry.day), entry.minutes) for entry in HoursEntry.objects.order_by("link")] == [
        ("2026-11-23", 1),
        ("2026-11-24", 1),
    ]


def test_time_over_the_cap_is_not_saved_up_for_tomorrow(reader: Reader, settings: LazySettings) -> None:
    settings.MINGFA_DAILY_HOURS_CAP_MINUTES = 1
    lesson = LessonFactory(minutes=10)
    reader.read(lesson, minutes=5)

    assert reader.open(lesson, after=86400).minutes_credited == 1
    assert reader.beat(lesson, after=15).seconds_read < 120


def test_officers_do_not_share_anything(reader: Reader) -> None:
    lesson = LessonFactory()
    other = Reader(OfficerFactory())
    reader.read(lesson, minutes=2)

    assert other.read(lesson, minutes=1).minutes_credited == 1
    assert {p.officer_id: p.minutes_credited for p in LessonProgress.objects.all()} == {
        reader.officer.pk: 2,
        other.officer.pk: 1,
    }


def test_ledger_is_a_whole_chain_per_officer(reader: Reader) -> None:
    reader.read(LessonFactory(), minutes=3)
    Reader(OfficerFactory()).read(LessonFactory(), minutes=2)

    assert [entry.link for entry in HoursEntry.objects.filter(officer=reader.officer)] == [1, 2, 3]
    assert [hours.first_break(officer) for officer in hours.officers()] == [None, None]


def test_changed_ledger_shows_at_its_link(reader: Reader) -> None:
    reader.read(LessonFactory(), minutes=3)
    _tamper("UPDATE tra_hours_entry SET minutes = 90 WHERE link = 2")

    broken = hours.first_break(reader.officer)

    assert broken is not None
    assert broken.place == f"hours of {reader.officer.service_no}, link 2"


def test_cut_off_ledger_shows(reader: Reader) -> None:
    reader.read(LessonFactory(), minutes=3)
    _tamper("DELETE FROM tra_hours_entry WHERE link = 3", trigger="nodel")

    broken = hours.first_break(reader.officer)

    assert broken is not None
    assert broken.reason == "2 minutes in the ledger, 3 noted on the lessons"


def test_ledger_refuses_changes_in_the_database(reader: Reader) -> None:
    reader.read(LessonFactory(), minutes=1)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute("UPDATE tra_hours_entry SET minutes = 90")


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 1), st.booleans(), st.floats(min_value=-30, max_value=400, width=32)),
        min_size=2,
        max_size=25,
    )
)
def test_never_more_than_wall_clock_cap_or_lesson(
    steps: list[tuple[int, bool, float]], settings: LazySettings
) -> None:
    settings.MINGFA_DAILY_HOURS_CAP_MINUTES = 5
    with transaction.atomic():
        reader = Reader(OfficerFactory())
        lessons = LessonFactory(minutes=3), LessonFactory(minutes=4)
        instants = []
        for which, opening, after in steps:
            act = reader.open if opening else reader.beat
            act(lessons[which], after=after)
            instants.append(reader.now)
        rows = list(LessonProgress.objects.filter(officer=reader.officer))
        wall = (max(instants) - min(instants)).total_seconds()
        assert sum(row.seconds_read for row in rows) <= wall
        for row in rows:
            assert row.minutes_credited <= row.seconds_read // 60 <= row.lesson.minutes
        assert hours.credited_on(reader.officer, reader.now) <= 5
        credited = sum(row.minutes_credited for row in rows)
        assert credited == sum(e.minutes for e in HoursEntry.objects.filter(officer=reader.officer))
        transaction.set_rollback(True)


def _tamper(sql: str, *, trigger: str = "noupd") -> None:
    """Change the ledger as somebody with the database open would: without its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER tra_hours_entry_{trigger}")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def test_beat_returns_what_the_page_shows(reader: Reader) -> None:
    lesson = LessonFactory(minutes=7)

    assert reader.open(lesson) == progress.Reading(0, 0, 7, completed=False, capped=False)
    assert isinstance(reader.officer, Officer)
