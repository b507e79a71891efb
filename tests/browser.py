"""A browser for the tests marked `browser`: Chromium, where the machine has one, driven by Playwright."""

import os
import shutil
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Screen:
    """What a page is looked at on; give one to `page` by indirect parametrisation."""

    width: int = 1280
    height: int = 800
    colours: str = "light"
    javascript: bool = True

    def __str__(self) -> str:
        return f"{self.width}-{self.colours}{'' if self.javascript else '-plain'}"


WIDE, WIDE_DARK = Screen(1440, 900), Screen(1440, 900, "dark")
NARROW, NARROW_DARK = Screen(390, 844), Screen(390, 844, "dark")
EVERY_SCREEN = pytest.mark.parametrize("page", [WIDE, WIDE_DARK, NARROW, NARROW_DARK], ids=str, indirect=True)


# What axe-core is to look for: WCAG 2.2 AA, and what it calls best practice.
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}


def find_chromium() -> str | None:
    """The program that CHROMIUM names, or the first of its usual names on the PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def sandbox() -> list[str]:
    """What Chromium is told of its sandbox when it starts: it has none for root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@pytest.fixture(scope="session", autouse=True)
def _browser(request):
    """Chromium, started before anything else is where browser tests are to run; None where it cannot be.

    Playwright keeps an event loop in this thread. Django takes that for asynchronous code, and gives it database
    connections of its own: so the loop has to be there before the first connection is.
    """
    program = find_chromium()
    if not program or not any(item.get_closest_marker("browser") for item in request.session.items):
        yield None
        return
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=sandbox())
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def chromium(_browser) -> Browser:
    """A running Chromium; tests that need it are skipped where the machine has none."""
    if _browser is None:
        pytest.skip("no Chromium: set CHROMIUM, or put one on the PATH")
    return _browser


@pytest.fixture
def page(request, chromium, live_server):
    """A page of a browser of its own, on `live_server`; `page.goto("/topics/")` is enough.

    The test fails at its end where the browser reported an error: a script's, a blocked or missing file, a breach of
    the Content-Security-Policy. That the address asked for itself answers 404 or 410 is no error here, nor is the
    icon that the browser asks for of its own accord.
    """
    screen = getattr(request, "param", Screen())
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": screen.width, "height": screen.height},
        color_scheme=screen.colours,
        java_script_enabled=screen.javascript,
        reduced_motion="reduce",
    )
    page = context.new_page()
    errors = errors_of(page)
    yield page
    context.close()
    assert errors == []


def errors_of(page: Page) -> list[str]:
    """The list that fills with what the browser reports as an error on this page, as it happens."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        place = message.location["url"]
        answer_itself = message.text.startswith("Failed to load resource") and place == page.url
        if message.type == "error" and not answer_itself and not place.endswith("/favicon.ico"):
            errors.append(f"{page.url}: {message.text} ({place})")

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    return errors


def overflows(page: Page) -> bool:
    """Whether the page is wider than the screen, so that readers must scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
