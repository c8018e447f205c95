"""The gallery in a real browser: accessible and unbroken at both widths, by day and by night."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE, OpenPage

pytestmark = [pytest.mark.django_db(transaction=True)]

GRAVE = {"serious", "critical"}


def grave_findings(page: Page) -> list[tuple[str, str]]:
    """Return what axe calls serious or critical: the rule and the first place it is broken."""
    findings: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(found["id"], found["nodes"][0]["html"]) for found in findings if found["impact"] in GRAVE]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_gallery_is_accessible_and_fits_the_screen(open_page: OpenPage, viewport: dict[str, int], scheme: str) -> None:
    page = open_page(viewport=viewport, color_scheme=scheme)
    page.goto("/ui/")
    expect(page.get_by_role("heading", level=1)).to_have_text("设计系统")
    assert grave_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_theme_is_switched_and_remembered(page: Page) -> None:
    page.goto("/ui/")
    switch = page.get_by_role("banner").get_by_role("button", name="切换浅色与深色")
    expect(switch).to_have_attribute("aria-pressed", "false")
    by_day = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    by_night = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert by_day != by_night
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == by_night


def test_keyboard_reaches_the_content_first_and_sees_where_it_is(page: Page) -> None:
    page.goto("/ui/")
    # The wrong sample form has taken the focus, as a form with mistakes does.
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.evaluate("document.activeElement.blur(); document.body.focus(); window.getSelection().removeAllRanges()")
    page.goto("/ui/nothing-here/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") == 3
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_rows_become_cards_on_a_telephone(phone: Page) -> None:
    phone.goto("/ui/")
    cell = phone.locator("td[data-label]").first
    assert phone.evaluate("cell => getComputedStyle(cell).display", cell.element_handle()) == "flow-root"
    label = phone.evaluate("cell => getComputedStyle(cell, '::before').content", cell.element_handle())
    assert label == '"单位"'


ASK = """
document.querySelector('main').insertAdjacentHTML(
  'beforeend', '<div id="part">typed</div><button id="ask" hx-get="/part/" hx-target="#part">?</button>');
htmx.process(document.getElementById('ask'));
"""


@pytest.mark.parametrize(
    ("status", "part", "said"),
    [(200, "answer", ""), (422, "answer", ""), (409, "typed", "answer"), (403, "typed", "answer")],
)
def test_refused_part_is_said_in_the_messages_and_leaves_the_page(
    page: Page, status: int, part: str, said: str
) -> None:
    page.route("**/part/", lambda route: route.fulfill(status=status, body="answer", content_type="text/html"))
    page.goto("/ui/nothing-here/")
    page.evaluate(ASK)
    page.locator("#ask").click()
    expect(page.locator("#part")).to_have_text(part)
    expect(page.locator("#messages")).to_have_text(said)


@pytest.mark.parametrize("status", [500, 0])
def test_lost_request_says_so_and_leaves_the_page(page: Page, status: int) -> None:
    page.route("**/part/", lambda route: route.fulfill(status=status) if status else route.abort())
    page.goto("/ui/nothing-here/")
    page.evaluate(ASK)
    page.locator("#ask").click()
    expect(page.locator("#messages")).to_contain_text("未能连接服务器")
    expect(page.locator("#part")).to_have_text("typed")
