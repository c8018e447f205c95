"""The browser of the browser tests: Chinese, in the officers' time zone, and strict."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from common.models import Heartbeat
from tests.browsers import Watcher

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [390, 1440])
def test_the_login_page_fits_the_screen(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 844})
    page.goto("/account/login/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_the_browser_lives_where_the_officers_live(page: Page) -> None:
    page.goto("/account/login/")

    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"
    assert page.evaluate("navigator.language") == "zh-CN"


def test_server_and_test_see_one_database(page: Page) -> None:
    assert not Heartbeat.objects.exists()

    page.goto("/healthz")

    assert Heartbeat.objects.filter(name="probe").exists()


def test_chinese_is_drawn_with_a_font(page: Page) -> None:
    """Without one every character is the same box, and pictures prove nothing."""
    page.goto("/account/login/")
    widths = page.evaluate(
        """() => {
            const draw = (text) => {
                const canvas = document.createElement("canvas");
                canvas.width = canvas.height = 40;
                const pen = canvas.getContext("2d");
                pen.font = "32px sans-serif";
                pen.fillText(text, 0, 32);
                return canvas.toDataURL();
            };
            return new Set(["明", "法", "考", "试"].map(draw)).size;
        }"""
    )

    assert widths == 4


class _Message:
    type = "error"
    text = "Refused to load because it violates the Content Security Policy"


def test_the_watcher_notices_other_origins_and_broken_policy() -> None:
    watcher: Any = Watcher("http://localhost:1")
    watcher._request("http://localhost:1/page")
    assert watcher.findings == []

    watcher._request("https://fonts.example/x.woff2")
    watcher._console(_Message())

    assert len(watcher.findings) == 2
