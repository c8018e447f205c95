"""The lesson's page in a real browser: it tells the server that somebody reads, and when nobody does."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browsers import OpenPage
from tests.factories.cms import LessonFactory
from tests.factories.personnel import OfficerFactory
from tests.personas import login
from training.models import LessonProgress

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.e2e]


@pytest.fixture
def lesson() -> Any:
    return LessonFactory(minutes=2, blocks=[("text", "<p>先亮证，再说明来意。</p>" * 60)])


@pytest.fixture
def reading(open_page: OpenPage, lesson: Any, live_server: Any) -> Iterator[Page]:
    """Give the open lesson, whose clock the test moves on."""
    session = login(OfficerFactory()).cookies[settings.SESSION_COOKIE_NAME].value
    page = open_page()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.clock.install()
    with page.expect_response("**/beat/"):
        page.goto(lesson.url)
    yield page
    # The page's last sign must arrive before the database is emptied.
    _leave(page)


def test_page_says_first_that_it_opens_and_then_that_it_is_read(reading: Page) -> None:
    with reading.expect_request("**/beat/") as sent:
        reading.clock.fast_forward(15_000)

    assert "opening" not in (sent.value.post_data or "")
    assert "seconds" not in (sent.value.post_data or "")
    expect(reading.locator("[data-reading-words]")).to_have_text("已计 0 / 2 分钟")


def test_nobody_active_for_a_minute_is_a_pause(reading: Page) -> None:
    reading.clock.run_for(60_000)
    sent: list[str] = []
    reading.on("request", lambda request: sent.append(request.url))

    reading.clock.run_for(45_000)

    expect(reading.locator("[data-reading-words]")).to_have_text("已暂停：一分钟内没有操作")
    assert sent == []
    with reading.expect_request("**/beat/"):
        reading.mouse.wheel(0, 200)


def test_leaving_the_page_sends_a_last_sign(reading: Page) -> None:
    assert _beats() == 1

    _leave(reading)

    assert _beats() > 1


def _leave(page: Page) -> None:
    """Leave the page; its last sign outlives it, so only the database tells that it arrived."""
    before = _beats()
    was_open = "/content/" in page.url
    page.goto("about:blank")
    deadline = time.monotonic() + 10
    while was_open and _beats() == before and time.monotonic() < deadline:
        time.sleep(0.1)
    # Going hidden and being left may send one sign each.
    time.sleep(0.5)


def _beats() -> int:
    return LessonProgress.objects.get().beats
