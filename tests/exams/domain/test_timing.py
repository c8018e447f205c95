from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from exams.domain import timing

OPENS = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)  # half an hour before midnight in Shanghai
WINDOW = timing.Window(OPENS, OPENS + timedelta(minutes=30), OPENS + timedelta(minutes=100))


def test_deadline_is_the_attempts_own_duration() -> None:
    assert timing.deadline(WINDOW, started_at=OPENS, duration_minutes=90, extra_minutes=0) == OPENS + timedelta(
        minutes=90
    )


def test_deadline_ends_with_the_sitting_for_a_late_start() -> None:
    late = OPENS + timedelta(minutes=30)
    assert timing.deadline(WINDOW, started_at=late, duration_minutes=90, extra_minutes=0) == WINDOW.ends_at


def test_f11_deadline_across_midnight_and_year_end_is_an_absolute_instant() -> None:
    deadline = timing.deadline(WINDOW, started_at=OPENS, duration_minutes=90, extra_minutes=0)
    assert deadline.isoformat() == "2026-12-31T17:00:00+00:00"


@given(st.integers(0, 29), st.integers(1, 300), st.integers(0, 600))
def test_extra_time_moves_the_deadline_by_exactly_itself(late: int, duration: int, extra: int) -> None:
    started = OPENS + timedelta(minutes=late)
    plain = timing.deadline(WINDOW, started_at=started, duration_minutes=duration, extra_minutes=0)
    more = timing.deadline(WINDOW, started_at=started, duration_minutes=duration, extra_minutes=extra)
    assert more - plain == timedelta(minutes=extra)


def test_f01_grace_counts_in_time_and_nothing_after_it() -> None:
    end = WINDOW.ends_at
    assert not timing.is_late(end, at=end + timedelta(seconds=5), grace_seconds=5)
    assert timing.is_late(end, at=end + timedelta(seconds=5, microseconds=1), grace_seconds=5)


def test_remaining_is_never_negative() -> None:
    assert timing.remaining_ms(OPENS, at=OPENS + timedelta(seconds=3)) == 0
    assert timing.remaining_ms(OPENS, at=OPENS - timedelta(milliseconds=1500)) == 1500
