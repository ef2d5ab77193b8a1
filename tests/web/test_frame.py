"""The check in a real frame, on a page of another site."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.core.definition import QUESTIONS
from tests.web.browser import Chromium
from tests.web.client import texts
from tests.web.judging import PHONE, SIGHT, accessibility, layout
from tests.web.person import NEXT
from tests.web.server import WebServer

# What a page of an organisation has around the code that it pasted.
_PAGE = """<!doctype html><html lang="nl"><head><title>Intranet</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><h1>Intranet</h1>{}<p><a href="/verder">Verder</a></p></body></html>"""
_LONGEST_WAY = 60  # times Tab
# The page around the frame scrolls too, which takes a moment.
_HERE = """async () => {
  for (let times = 0; times < 99 && !sight.here().visible; times += 1)
    await new Promise(requestAnimationFrame);
  return sight.here();
}"""


class Elsewhere:
    """A site of somebody else; under the name ``localhost`` it may show the check."""

    def __init__(self) -> None:
        self.body = ""
        elsewhere = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(_PAGE.format(elsewhere.body).encode())

            def log_message(self, *_: object) -> None:
                """Not on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    site = Elsewhere()
    thread = Thread(target=site.server.serve_forever)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()


def pasted(page: Page, server: WebServer, elsewhere: Elsewhere, host: str = "localhost") -> None:
    """Open the page of the other site, with the code from ours on it."""
    page.goto(f"{server.url}/delen")
    elsewhere.body = page.get_by_label(texts().snippet_label).input_value()
    page.goto(f"http://{host}:{elsewhere.port}/")


def frame_of(page: Page) -> Frame:
    (frame,) = (frame for frame in page.frames if frame != page.main_frame)
    frame.wait_for_load_state()
    return frame


def tab_to(page: Page, frame: Frame, name: str) -> None:
    """Every stop on the way must be in sight."""
    frame.evaluate(SIGHT)
    for _ in range(_LONGEST_WAY):
        page.keyboard.press("Tab")
        if not frame.evaluate("document.hasFocus()"):
            continue
        at = frame.evaluate(_HERE)
        assert at["visible"], f"{at['name']!r} has the focus and does not show it"
        if at["name"] == name:
            return
    pytest.fail(f"{name!r} cannot be reached")


def press(page: Page, frame: Frame, key: str) -> None:
    with page.expect_event("framenavigated", lambda navigated: navigated == frame):
        page.keyboard.press(key)
    frame.wait_for_load_state()


def test_the_whole_check_with_the_keyboard(
    chromium: Chromium, server: WebServer, elsewhere: Elsewhere
) -> None:
    host = f"http://localhost:{elsewhere.port}"
    with chromium.page(host, server.url, viewport=PHONE) as page:
        pasted(page, server, elsewhere)
        frame = frame_of(page)
        tab_to(page, frame, "Doe de zelfcheck")
        press(page, frame, "Enter")
        for number in range(1, len(QUESTIONS) + 1):
            expect(frame.get_by_text(f"Vraag {number} van hooguit")).to_be_visible()
            tab_to(page, frame, frame.locator(".option label").first.inner_text())
            page.keyboard.press("Space")
            press(page, frame, "Enter")

        assert frame.get_by_role("heading", level=1).inner_text() == "Volledige coproductie"
        assert "/insluiten/uitkomst?" in frame.url
        assert page.url == f"{host}/"
        assert frame.evaluate("innerWidth") <= PHONE["width"]
        assert layout(frame, "frame") == []
        assert accessibility(frame) == []
        # Out again on the other side.
        tab_to(page, frame, texts().ask_button)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Verder")).to_be_focused()


def test_to_an_outcome_without_javascript(
    chromium: Chromium, server: WebServer, elsewhere: Elsewhere
) -> None:
    host = f"http://localhost:{elsewhere.port}"
    with chromium.page(host, server.url, java_script_enabled=False) as page:
        pasted(page, server, elsewhere)
        inside = page.frame_locator("iframe")
        inside.get_by_role("link", name="Doe de zelfcheck").click()
        inside.get_by_role("radio").nth(1).check()
        inside.get_by_role("button", name=NEXT).click()

        expect(inside.get_by_role("heading", level=1)).to_have_text("Geen coproductie")


def test_the_whole_page_opens_in_a_tab_of_its_own(
    chromium: Chromium, server: WebServer, elsewhere: Elsewhere
) -> None:
    with chromium.page(f"http://localhost:{elsewhere.port}", server.url) as page:
        pasted(page, server, elsewhere)
        with page.expect_popup() as opened:
            frame_of(page).get_by_role("link", name=texts().whole_page).click()

        assert opened.value.url == f"{server.url}/"


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Chromium:
    """Under its own name it would take the whole test inside, where no complaint may pass."""
    chromium: Chromium = request.getfixturevalue("chromium")
    return chromium


def test_a_site_that_was_not_named_shows_nothing(
    browser: Chromium, server: WebServer, elsewhere: Elsewhere
) -> None:
    host = "127.0.0.1"

    def inside() -> None:
        with browser.page(f"http://{host}:{elsewhere.port}", server.url) as page:
            pasted(page, server, elsewhere, host)
            assert not frame_of(page).get_by_role("heading", level=1).is_visible()

    with pytest.raises(AssertionError, match="frame-ancestors"):
        browser.inside(inside)()
