"""The browser of the tests notices what the pages promise not to do."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page

from tests.web.browser import Chromium
from tests.web.server import WebServer

ELSEWHERE = "http://elders.invalid/"


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Chromium:
    """Under its own name it would take the whole test inside, where no complaint may pass."""
    chromium: Chromium = request.getfixturevalue("chromium")
    return chromium


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("fetch('/over').catch(() => 'refused')", "Content Security Policy"),
        ("console.log('hier')", "hier"),
        ("setTimeout(() => { throw new Error('stuk') })", "stuk"),
        ("document.cookie = 'wie=ik'", "wie"),
        ("localStorage.wie = 'ik'", "wie"),
    ],
)
def test_what_a_page_may_not_do(
    browser: Chromium, server: WebServer, script: str, complaint: str
) -> None:
    def done(page: Page) -> None:
        page.goto("/")
        page.evaluate(script)
        page.evaluate("new Promise((done) => setTimeout(done))")

    with pytest.raises(AssertionError, match=complaint):
        _visit(browser, server, done)


def test_a_page_may_not_lead_elsewhere(browser: Chromium, server: WebServer) -> None:
    def done(page: Page) -> None:
        with suppress(Error):
            page.goto(ELSEWHERE)

    with pytest.raises(AssertionError, match=ELSEWHERE):
        _visit(browser, server, done)


def test_a_page_lacks_nothing(browser: Chromium, server: WebServer) -> None:
    def done(page: Page) -> None:
        page.route("**/static/**", lambda route: route.fulfill(status=404))
        page.goto("/")

    with pytest.raises(AssertionError, match="gives 404"):
        _visit(browser, server, done)


def _visit(browser: Chromium, server: WebServer, done: Callable[[Page], None]) -> None:
    def inside() -> None:
        with browser.page(server.url) as page:
            done(page)

    browser.inside(inside)()
