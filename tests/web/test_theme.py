"""The colours of an organisation: a theme of two lines is one that most will write."""

from collections.abc import Iterator

import pytest

from dialogues.flow import Flow
from tests.web.browser import Chromium
from tests.web.judging import colours
from tests.web.kinds import EVERY
from tests.web.server import WebServer

THEME = ":root{--accent:#7a0019;--bar:#7a0019}"
ACCENT = "rgb(122, 0, 25)"
KINDS = ["start", "question-after-answer", "outcome-volledig", "all-questions-with-answers"]
# Paper has no dark side, and so the browser prints its own circle of a choice in black.
NOT_BLACK_ON_WHITE = """() => [...document.querySelectorAll("body, body *:not(input)")]
  .filter((element) => element.checkVisibility())
  .map((element) => [element, getComputedStyle(element)])
  .filter(([, { color, backgroundColor, backgroundImage }]) => color !== "rgb(0, 0, 0)"
    || !["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(backgroundColor)
    || backgroundImage !== "none")
  .map(([element, { color, backgroundColor }]) => [element.outerHTML, color, backgroundColor])"""


@pytest.fixture(scope="module")
def themed(flow: Flow) -> Iterator[WebServer]:
    with WebServer(flow, theme=THEME) as server:
        yield server


@pytest.mark.parametrize("kind", KINDS)
def test_a_theme_is_kept_to_what_it_is_for(
    chromium: Chromium, themed: WebServer, kind: str
) -> None:
    with chromium.page(themed.url) as page:
        page.goto(EVERY[kind])
        bar = page.locator("header").evaluate("(bar) => getComputedStyle(bar).backgroundColor")
        assert bar == ACCENT

        assert colours(page) == []

        for scheme in ("light", "dark"):
            page.emulate_media(media="print", color_scheme=scheme)
            assert page.evaluate(NOT_BLACK_ON_WHITE) == []
