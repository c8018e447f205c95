"""Threads of one process write one after the other on SQLite."""

import threading
import time

import pytest

from common.turns import writing_turn

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


def test_a_turn_ends_before_the_next_begins() -> None:
    seen: list[str] = []

    def write(name: str) -> None:
        with writing_turn():
            seen.append(f"{name} begins")
            time.sleep(0.05)
            seen.append(f"{name} ends")

    threads = [threading.Thread(target=write, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pairs = list(zip(seen[::2], seen[1::2], strict=True))
    assert [begins.removesuffix(" begins") for begins, _ends in pairs] == [
        ends.removesuffix(" ends") for _begins, ends in pairs
    ]


def test_a_turn_inside_a_turn_of_the_same_thread_does_not_wait() -> None:
    with writing_turn(), writing_turn():
        pass


def test_a_failed_turn_is_given_up() -> None:
    with pytest.raises(ZeroDivisionError), writing_turn():
        _ = 1 / 0
    done = threading.Event()

    def write() -> None:
        with writing_turn():
            done.set()

    threading.Thread(target=write).start()
    assert done.wait(2)
