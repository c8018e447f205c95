"""The examination room in a real browser, against the real server: saving, losing the network, two pages, the end."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from common import clock
from exams import api
from exams.domain import responses
from exams.enums import AttemptState, EventKind
from exams.models import Attempt, Candidacy
from tests.factories import exams as made
from tests.personas import cast, login

pytestmark = [pytest.mark.django_db(transaction=True)]

SAVED = "已保存"
OFFLINE = "离线，已存本机"
RECEIPT = re.compile(r"^[0-9A-Z-]{10,}$")


@pytest.fixture
def people(transactional_db: None) -> Any:
    return cast()


@pytest.fixture
def hall(people: Any) -> made.Hall:
    return made.hall(people)


@pytest.fixture
def candidacy(hall: made.Hall, people: Any) -> Candidacy:
    return hall.candidate(people.learner)


Enter = Callable[..., Page]


@pytest.fixture
def enter(open_page: Any, live_server: Any, people: Any, candidacy: Candidacy) -> Iterator[Enter]:
    """Return a function that logs the learner in and opens the room in a browser of its own."""

    def enter_room(*, begin: bool = True, script: str = "", **options: Any) -> Page:
        page: Page = open_page(**options)
        cookie = login(people.learner).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        if script:
            page.context.add_init_script(script)
        page.goto(f"/exams/room/{candidacy.code}/")
        if begin:
            page.get_by_role("button", name="开始考试").click()
            expect(page.locator("[data-panel=paper]")).to_be_visible()
        return page

    return enter_room


def attempt_of(candidacy: Candidacy) -> Attempt:
    return Attempt.objects.get(candidacy=candidacy)


def held(candidacy: Candidacy) -> dict[str, list[str]]:
    """Return what the server holds: item → chosen options."""
    return {item: value for item, value in responses.in_effect(attempt_of(candidacy)).items() if value}


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-save]")).to_have_attribute("data-save", "saved")
    expect(page.locator("[data-save-text]")).to_have_text(SAVED)


def options(page: Page) -> Any:
    return page.locator("[data-options] input")


def answer(page: Page, place: int) -> None:
    options(page).nth(place).check()


def hand_in(page: Page) -> str:
    """Hand in through the dialog; return the receipt shown."""
    page.get_by_role("button", name="交卷…").first.click()
    page.get_by_role("button", name="现在交卷").click()
    receipt = page.locator("[data-receipt]")
    expect(receipt).to_have_text(RECEIPT)
    return receipt.inner_text()


def test_exam_is_sat_and_handed_in_by_keyboard_alone(enter: Enter, candidacy: Candidacy) -> None:
    page = enter(begin=False)
    page.locator("[data-begin]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel=paper]")).to_be_visible()
    for number in range(1, 10):
        expect(page.locator("[data-number]")).to_contain_text(f"第 {number} 题")
        page.keyboard.press("a" if number % 2 else "2")
        if number == 3:
            page.keyboard.press("f")
        page.keyboard.press("ArrowRight" if number % 2 else "n")
    page.keyboard.press("p")
    expect(page.locator("[data-number]")).to_contain_text("第 8 题")
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(page.locator("[data-help-dialog]")).to_be_visible()
    page.keyboard.press("Escape")
    expect_saved(page)
    page.locator("[data-last-question] [data-hand-in]").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("[data-submit-dialog]")
    expect(dialog.locator("[data-submit-flagged] [data-list] button")).to_have_text(["3"])
    dialog.locator("[data-submit-confirm]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-receipt]")).to_have_text(RECEIPT)
    attempt = attempt_of(candidacy)
    assert attempt.state == AttemptState.SUBMITTED
    assert page.locator("[data-receipt]").inner_text() == attempt.receipt
    assert len(held(candidacy)) == 9
    page.get_by_role("link", name="查看回执").click()
    expect(page.locator("main")).to_contain_text(str(attempt.receipt))
    expect(page.locator("main")).to_contain_text("9 / 9 题")


def test_multiple_choice_keeps_all_that_is_ticked_and_can_be_taken_back(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    page.get_by_role("button", name="第 5 题：未答").click()
    page.keyboard.press("1")
    page.keyboard.press("3")
    expect(page.get_by_role("button", name="第 5 题：已答")).to_be_visible()
    expect_saved(page)
    item = attempt_of(candidacy).frozen_layout.layout[4]
    assert held(candidacy) == {item["item"]: [item["options"][0], item["options"][2]]}
    page.get_by_role("button", name="清除本题答案").click()
    expect_saved(page)
    assert held(candidacy) == {}


@pytest.mark.fault("F05")
@pytest.mark.fault("F06")
def test_f05_f06_two_spells_without_network_lose_nothing(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    answer(page, 0)
    expect_saved(page)
    for first_of_spell in (1, 4):
        page.context.set_offline(True)
        expect(page.locator("[data-save-text]")).to_have_text(OFFLINE)
        for _number in range(3):
            page.keyboard.press("n")
            page.keyboard.press("b")
        # Second thoughts on the last one, still offline (items 4 and 7 take one option only).
        page.keyboard.press("a")
        assert len(held(candidacy)) == first_of_spell
        page.context.set_offline(False)
        expect_saved(page)
    layout = attempt_of(candidacy).frozen_layout.layout
    got = held(candidacy)
    singles = [got[entry["item"]] for entry in layout[:4]]
    assert singles == [[layout[number]["options"][place]] for number, place in enumerate([0, 1, 1, 0])]
    # Items 5 and 6 are multiple choice (B); item 7 is true or false, where A came last.
    assert [set(got[entry["item"]]) for entry in layout[4:7]] == [
        {layout[4]["options"][1]},
        {layout[5]["options"][1]},
        {layout[6]["options"][0]},
    ]


@pytest.mark.fault("F06")
def test_f06_lost_replies_are_retried_as_the_same_request(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    bodies: list[str] = []

    def swallow_first(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        if len(bodies) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/responses", swallow_first)
    answer(page, 0)
    expect_saved(page)
    assert bodies[0] == bodies[1]
    assert attempt_of(candidacy).responses.count() == 1


@pytest.mark.fault("F27")
def test_f27_busy_server_is_asked_again_and_no_answer_is_dropped(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    calls: list[int] = []

    def busy_twice(route: Route) -> None:
        calls.append(1)
        if len(calls) <= 2:
            route.fulfill(status=503, headers={"Retry-After": "1"}, json={"code": "busy", "message": "忙"})
        else:
            route.continue_()

    page.route("**/responses", busy_twice)
    answer(page, 2)
    expect(page.locator("[data-save-text]")).to_have_text(OFFLINE)
    expect_saved(page)
    assert len(held(candidacy)) == 1


def test_reload_resumes_with_every_answer_flag_and_place(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    answer(page, 1)
    page.keyboard.press("n")
    page.keyboard.press("f")
    answer(page, 2)
    expect_saved(page)
    page.reload()
    expect(page.locator("[data-number]")).to_contain_text("第 2 题")
    expect(options(page).nth(2)).to_be_checked()
    expect(page.locator("[data-flag]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("p")
    expect(options(page).nth(1)).to_be_checked()
    assert attempt_of(candidacy).lease == 1


def test_answers_not_yet_sent_survive_a_reload(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    page.route("**/responses", lambda route: route.abort())
    answer(page, 3)
    expect(page.locator("[data-save-text]")).to_have_text(OFFLINE)
    assert held(candidacy) == {}
    page.unroute("**/responses")
    page.reload()
    expect(options(page).nth(3)).to_be_checked()
    expect_saved(page)
    assert len(held(candidacy)) == 1


def test_unsent_answer_gives_way_to_a_later_one_from_another_device(enter: Enter, candidacy: Candidacy) -> None:
    first = enter()
    first.route("**/responses", lambda route: route.abort())
    answer(first, 3)
    first.keyboard.press("n")
    answer(first, 2)
    expect(first.locator("[data-save-text]")).to_have_text(OFFLINE)
    second = enter(begin=False)
    second.get_by_role("button", name="在此接管").click()
    answer(second, 0)
    expect_saved(second)
    first.unroute("**/responses")
    first.reload()
    first.get_by_role("button", name="在此接管").click()
    expect(options(first).nth(2)).to_be_checked()
    expect_saved(first)
    layout = attempt_of(candidacy).frozen_layout.layout
    assert held(candidacy) == {
        layout[0]["item"]: [layout[0]["options"][0]],
        layout[1]["item"]: [layout[1]["options"][2]],
    }


@pytest.mark.fault("F12")
def test_f12_second_tab_takes_over_and_the_first_may_take_back(enter: Enter, candidacy: Candidacy) -> None:
    first = enter()
    answer(first, 0)
    expect_saved(first)
    second = first.context.new_page()
    second.goto(f"/exams/room/{candidacy.code}/")
    expect(second.get_by_role("heading", name="您的考试正在另一个页面进行")).to_be_visible()
    expect(second.locator("[data-panel=paper]")).to_be_hidden()
    second.get_by_role("button", name="在此接管").click()
    expect(options(second).nth(0)).to_be_checked()
    second.keyboard.press("n")
    answer(second, 1)
    expect_saved(second)
    first.bring_to_front()
    first.keyboard.press("n")
    first.keyboard.press("n")
    answer(first, 2)
    expect(first.get_by_role("heading", name="考试已在另一个页面继续")).to_be_visible()
    assert len(held(candidacy)) == 2
    first.get_by_role("button", name="在此接管").click()
    expect_saved(first)
    assert len(held(candidacy)) == 3
    kinds = list(attempt_of(candidacy).events.values_list("kind", flat=True))
    assert kinds.count(EventKind.TAKEN_OVER) == 2


@pytest.mark.fault("F02")
def test_f02_client_clock_has_no_effect(enter: Enter, candidacy: Candidacy) -> None:
    skew = "const now = Date.now; Date.now = () => now() + (window.skew ?? 86400000);"
    page = enter(script=skew)
    expect(page.locator("[data-time]")).to_have_text("30 分钟")
    page.evaluate("window.skew = -86400000")
    answer(page, 0)
    expect_saved(page)
    expect(page.locator("[data-time]")).to_have_text(re.compile("^(30|29) 分钟$"))
    assert len(held(candidacy)) == 1


@pytest.mark.fault("F10")
def test_f10_extra_time_reaches_the_page(enter: Enter, people: Any, candidacy: Candidacy) -> None:
    page = enter()
    expect(page.locator("[data-time]")).to_have_text("30 分钟")
    api.give_extra_time(candidacy, 20, reason="考场停电", by=people.exam_officer)
    expect(page.locator("[data-time]")).to_have_text("50 分钟", timeout=30_000)


def shorten(candidacy: Candidacy, seconds: float) -> None:
    """Bring the deadline near, as if the attempt had begun long ago."""
    attempt = attempt_of(candidacy)
    deadline_at = clock.now() + timedelta(seconds=seconds)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=deadline_at, submit_opens_at=attempt.started_at)


@pytest.mark.fault("F09")
def test_f09_at_the_deadline_the_page_locks_and_shows_what_the_server_handed_in(
    enter: Enter, candidacy: Candidacy
) -> None:
    page = enter()
    shorten(candidacy, 7)
    answer(page, 0)
    expect(page.locator("[data-notice-text]")).to_have_text("距考试结束还有 1 分钟，到时自动交卷。")
    page.keyboard.press("n")
    answer(page, 1)
    expect(options(page).first).to_be_disabled(timeout=15_000)
    expect(page.locator("[data-receipt]")).to_have_text(RECEIPT, timeout=20_000)
    expect(page.locator("[data-closed-text]")).to_contain_text("时间已到")
    attempt = attempt_of(candidacy)
    assert attempt.state == AttemptState.TIMED_OUT
    assert len(held(candidacy)) == 2


def test_handing_in_offline_is_refused_in_words_and_works_when_back(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    answer(page, 0)
    page.context.set_offline(True)
    expect(page.locator("[data-save-text]")).to_have_text(OFFLINE)
    page.get_by_role("button", name="交卷…").first.click()
    expect(page.locator("[data-submit-message]")).to_contain_text("答案不会丢失")
    expect(page.locator("[data-submit-confirm]")).to_be_disabled()
    page.context.set_offline(False)
    expect(page.locator("[data-submit-confirm]")).to_be_enabled()
    page.locator("[data-submit-confirm]").click()
    expect(page.locator("[data-receipt]")).to_have_text(RECEIPT)
    assert attempt_of(candidacy).state == AttemptState.SUBMITTED
    assert len(held(candidacy)) == 1


@pytest.mark.fault("F07")
def test_f07_lost_reply_to_handing_in_yields_the_same_receipt(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    answer(page, 0)
    calls: list[int] = []

    def lose_first(route: Route) -> None:
        calls.append(1)
        if len(calls) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/submit", lose_first)
    assert hand_in(page) == attempt_of(candidacy).receipt
    assert len(calls) == 2


def test_coming_back_after_handing_in_shows_the_receipt(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    receipt = hand_in(page)
    page.goto(f"/exams/room/{candidacy.code}/")
    expect(page.locator("[data-receipt]")).to_have_text(receipt)
    expect(page.locator("[data-panel=paper]")).to_be_hidden()


@pytest.mark.fault("F14")
def test_f14_saving_goes_on_after_the_login_has_ended(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    page.context.clear_cookies()
    answer(page, 0)
    expect_saved(page)
    assert len(held(candidacy)) == 1
    hand_in(page)
    assert attempt_of(candidacy).state == AttemptState.SUBMITTED


@pytest.mark.fault("F32")
def test_f32_no_response_to_the_room_holds_a_key(enter: Enter, open_page: Any, candidacy: Candidacy) -> None:
    bodies: list[str] = []
    page = enter(begin=False)

    def note(response: Any) -> None:
        if response.request.resource_type in ("document", "fetch", "xhr"):
            bodies.append(f"{response.url} {response.headers} {response.text()}")

    page.on("response", note)
    page.reload()
    page.get_by_role("button", name="开始考试").click()
    expect(page.locator("[data-panel=paper]")).to_be_visible()
    answer(page, 0)
    expect_saved(page)
    hand_in(page)
    page.get_by_role("link", name="查看回执").click()
    expect(page.locator(".receipt")).to_be_visible()
    assert len(bodies) >= 5
    assert any("下列说法" in body for body in bodies)
    assert not [body for body in bodies if made.CANARY in body or '"right"' in body]


def test_leaving_the_screen_is_recorded(enter: Enter, candidacy: Candidacy) -> None:
    page = enter()
    page.evaluate(
        """() => {
            for (const hidden of [true, false]) {
                Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
                document.dispatchEvent(new Event("visibilitychange"));
            }
        }"""
    )
    answer(page, 0)
    expect_saved(page)
    kinds = set(attempt_of(candidacy).events.values_list("kind", flat=True))
    assert {EventKind.SCREEN_LEFT, EventKind.SCREEN_BACK} <= kinds


def test_without_a_disk_to_keep_answers_the_page_says_so_and_goes_on(enter: Enter, candidacy: Candidacy) -> None:
    page = enter(script="Object.defineProperty(window, 'indexedDB', { get() { throw new Error('none'); } });")
    expect(page.locator("[data-memory-note]")).to_be_visible()
    answer(page, 0)
    expect_saved(page)
    assert len(held(candidacy)) == 1


def test_markup_in_a_question_is_shown_as_text(enter: Enter, candidacy: Candidacy) -> None:
    page = enter(begin=False)
    evil = "<img src=x onerror=window.hurt=1>"

    def poison(route: Route) -> None:
        paper = route.fetch().json()
        for item in paper["items"]:
            item["stem"] = evil
            item["options"] = [evil for _ in item["options"]]
        route.fulfill(json=paper)

    page.route("**/papers/**", poison)
    page.get_by_role("button", name="开始考试").click()
    expect(page.locator("[data-stem]")).to_have_text(evil)
    assert page.evaluate("window.hurt") is None


@pytest.mark.parametrize("width", [390, 1440])
def test_room_has_no_serious_accessibility_fault(enter: Enter, candidacy: Candidacy, width: int) -> None:
    page = enter(begin=False, viewport={"width": width, "height": 844})

    def check(place: str) -> None:
        found = Axe().run(page).response["violations"]
        bad = [
            (entry["id"], entry["nodes"][0]["html"]) for entry in found if entry["impact"] in ("serious", "critical")
        ]
        assert not bad, f"{place}: {bad}"
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{place}: scrolls sideways"

    check("gate")
    page.get_by_role("button", name="开始考试").click()
    expect(page.locator("[data-panel=paper]")).to_be_visible()
    answer(page, 0)
    page.keyboard.press("f")
    check("question")
    page.keyboard.press("?")
    check("help")
    page.keyboard.press("Escape")
    if width == 390:
        page.get_by_role("button", name="答题卡").click()
        check("sheet")
    page.get_by_role("button", name="交卷…").locator("visible=true").first.click()
    check("dialog")
    page.get_by_role("button", name="现在交卷").click()
    expect(page.locator("[data-receipt]")).to_have_text(RECEIPT)
    check("receipt")
