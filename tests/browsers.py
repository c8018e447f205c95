"""A real browser: Debian's Chromium driven by Playwright, Chinese, in the officers' time zone."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# Milliseconds. Generous, because two test processes and a browser share a small machine.
WAIT_MS = 20_000

OpenPage = Callable[..., Page]


def chromium_path() -> str:
    """Return the browser's path: CHROMIUM_PATH, or the first installed one."""
    named = os.environ.get("CHROMIUM_PATH")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert found, "No Chromium: install the package chromium or set CHROMIUM_PATH."
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser a module.

    Playwright's synchronous API keeps an event loop running in this thread, so Django would refuse
    to touch the database for as long as it lives. The permission to do so is given for exactly
    that long, which is why the browser does not outlive its module.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        try:
            yield chromium
        finally:
            chromium.close()
            if before is None:
                del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
            else:
                os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


class Watcher:
    """Notes what no page of ours may do: ask another origin, break the policy, throw."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.findings: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._request(request.url))
        context.on("weberror", lambda error: self.findings.append(f"threw: {error.error}"))
        context.on("console", self._console)

    def _request(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:", "about:")):
            self.findings.append(f"asked another origin: {url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.findings.append(f"broke the policy: {message.text}")


@pytest.fixture
def open_page(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Return a function that opens a page of its own (own cookies), 1440 px wide unless told.

    Keyword arguments go to Playwright's new_context. When the test ends, no page may have asked
    another origin, broken the content security policy or thrown an error.
    """
    contexts: list[BrowserContext] = []
    watcher = Watcher(live_server.url)

    def open_one(**options: Any) -> Page:
        defaults = {
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "viewport": DESK,
            "base_url": live_server.url,
        }
        context = browser.new_context(**{**defaults, **options})
        context.set_default_timeout(WAIT_MS)
        watcher.watch(context)
        contexts.append(context)
        return context.new_page()

    yield open_one
    _keep_pictures(request, contexts)
    for context in contexts:
        context.close()
    assert not watcher.findings, "\n".join(watcher.findings)


def _keep_pictures(request: pytest.FixtureRequest, contexts: list[BrowserContext]) -> None:
    """Save a screenshot of every open page below MINGFA_PICTURES, when that is set."""
    folder = os.environ.get("MINGFA_PICTURES")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number, context in enumerate(contexts):
        for tab, shown in enumerate(context.pages):
            shown.screenshot(path=Path(folder) / f"{request.node.name}-{number}-{tab}.png")


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page as wide as a desk screen."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page as wide as a telephone."""
    return open_page(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
