"""Every kind of page in a real browser: readable and usable for everyone, on any screen."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.web.browser import Chromium
from tests.web.kinds import EVERY, PLACES
from tests.web.person import ask, submit
from tests.web.server import WebServer

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LAYOUT = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
JUDGE = """(rules) => axe.run({ runOnly: rules, resultTypes: ["violations", "incomplete"] })
  .then(({ violations, incomplete }) => [...violations, ...incomplete])"""
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
# People may set these, and then nothing may be lost (WCAG 1.4.12).
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p, li { margin-bottom: 2em !important }
"""
# The security policy of the page does not hold back a sheet that is made by a script.
STYLED = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
}"""
ALL_OPEN = "document.querySelectorAll('details').forEach((details) => { details.open = true })"
PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def page(chromium: Chromium, server: WebServer) -> Iterator[Page]:
    """One for all: a page knows nothing of the one before, and a new one takes half a second."""
    opened = chromium.page(server.url)
    yield chromium.inside(opened.__enter__)()
    chromium.inside(opened.__exit__)(None, None, None)


def judged(page: Page) -> list[str]:
    """What is wrong with a page, in one pass: to load it takes longer than to look at it."""
    page.evaluate(AXE)
    page.evaluate(ALL_OPEN)
    page.set_viewport_size(DESK)
    faults = accessibility(page, {"type": "tag", "values": LEVELS})
    # The elements are the same in the dark, so that only colours can be wrong.
    page.emulate_media(color_scheme="dark")
    faults += accessibility(page, {"type": "rule", "values": COLOURS})
    page.emulate_media(color_scheme="light")
    faults += layout(page, "desk")
    page.evaluate(STYLED, SPACED)
    faults += layout(page, "desk, spaced")
    page.set_viewport_size(PHONE)
    faults += layout(page, "phone, spaced")
    page.evaluate(STYLED, "")
    return faults + layout(page, "phone")


def accessibility(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds, and what it cannot judge: nobody else would look at that."""
    return [
        f"{fault['id']}: {node['html']} {json.dumps(node['any'])}"
        for fault in page.evaluate(JUDGE, rules)
        for node in fault["nodes"]
    ]


def layout(page: Page, where: str) -> list[str]:
    return [f"{where}: {fault}" for fault in page.evaluate(LAYOUT)]


@pytest.mark.parametrize("kind", EVERY)
def test_a_page(page: Page, kind: str) -> None:
    response = page.goto(EVERY[kind])

    assert response is not None
    assert response.status == (404 if kind == "not-found" else 200)
    assert page.url.endswith(EVERY[kind])
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "nl"
    assert judged(page) == []


@pytest.mark.parametrize("kind", ["question-first", "question-with-term", "question-doel"])
def test_a_question_without_an_answer(page: Page, kind: str) -> None:
    page.goto(EVERY[kind])
    page.evaluate(
        "for (const radio of document.querySelectorAll('[type=radio]')) radio.checked = false"
    )
    submit(page)

    assert page.get_by_role("alert").is_visible()
    assert judged(page) == []


@pytest.mark.parametrize(
    "kind", ["start", "question-burgers", "terms", "outcome-volledig", "overview"]
)
def test_a_text_that_is_not_understood(page: Page, kind: str) -> None:
    page.goto(EVERY[kind])
    ask(page, "de maan is van kaas " * 10)

    assert page.get_by_text("Dat begrijp ik niet.").is_visible()
    assert judged(page) == []


def test_every_place_has_a_title_of_its_own(page: Page) -> None:
    titles = {}
    for kind, address in PLACES.items():
        said = re.search("<title>(.+)</title>", page.request.get(address).text())
        assert said, kind
        titles[said[1]] = kind

    assert sorted(titles.values()) == sorted(PLACES)


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("main { min-width: 25rem }", "scrolls sideways"),
        ("h1 { position: absolute; left: 100px; width: 300px }", "sticks out"),
        ("h1 { height: 1em; overflow: hidden }", "cut off"),
        ("button { height: 1em; padding: 0 }", "leaves its box"),
        (".option label { width: 5rem; word-break: break-all }", "lines"),
        (".option label { padding: 0; line-height: 1; font-size: 1rem }", "small target"),
        ("footer a { padding: 0; line-height: 1 }", "small target"),
    ],
)
def test_a_fault_in_the_layout_is_found(page: Page, style: str, fault: str) -> None:
    page.goto(EVERY["question-first"])
    page.set_viewport_size(PHONE)
    page.evaluate(STYLED, style)

    assert any(fault in found for found in layout(page, "phone"))
