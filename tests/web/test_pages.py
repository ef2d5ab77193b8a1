"""Every kind of page in a real browser: readable and usable for everyone, on any screen."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from dialogues.flow import Flow
from tests.web.browser import Chromium
from tests.web.judging import PHONE, fixed_colours, judged, keyboard, layout, styled
from tests.web.kinds import EVERY
from tests.web.person import ask, submit
from tests.web.server import WebServer
from tests.web.typed import ambiguous

NONSENSE = "de maan is van kaas " * 10
HELD = "document.querySelector('{}').addEventListener('keydown', (event) => event.preventDefault())"


@pytest.fixture(scope="module")
def page(chromium: Chromium, server: WebServer) -> Iterator[Page]:
    """One for all: a page knows nothing of the one before, and a new one takes half a second."""
    opened = chromium.page(server.url)
    yield chromium.inside(opened.__enter__)()
    chromium.inside(opened.__exit__)(None, None, None)


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


@pytest.mark.parametrize("kind", ["start", "question-burgers", "outcome-volledig"])
def test_a_text_that_is_not_understood(page: Page, kind: str) -> None:
    page.goto(EVERY[kind])
    ask(page, NONSENSE)

    assert page.get_by_text("Dat begrijp ik niet.").is_visible()
    assert judged(page) == []


@pytest.mark.parametrize("kind", ["topics", "question-burgers"])
def test_texts_that_are_not_understood(page: Page, kind: str) -> None:
    page.goto(EVERY[kind])
    ask(page, NONSENSE)
    ask(page, NONSENSE)

    assert page.get_by_text("Ook dit begrijp ik niet.").is_visible()
    assert page.get_by_role("main").get_by_role("link", name="Voorbeelden", exact=True).is_visible()
    assert judged(page) == []


@pytest.mark.parametrize("kind", ["start", "question-burgers"])
def test_a_text_that_may_mean_two_things(page: Page, kind: str, flow: Flow) -> None:
    page.goto(EVERY[kind])
    ask(page, ambiguous(flow)[0])

    assert page.get_by_text("Bedoelt u").is_visible()
    assert judged(page) == []


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
    styled(page, style)

    assert any(fault in found for found in layout(page, "phone"))


@pytest.mark.parametrize(
    ("judge", "style", "fault"),
    [
        (keyboard, "button { outline: 0 !important }", "does not show its focus"),
        (keyboard, ":focus-visible { outline-color: #eee }", "does not show its focus"),
        (keyboard, ".choices a:focus { position: fixed; left: -99rem }", "out of sight"),
        (fixed_colours, ".option label { outline: 0 !important }", "whether it is chosen"),
        (fixed_colours, "button { border: 0 }", "lacks a border"),
        (fixed_colours, ".row input { border-style: none }", "lacks a border"),
        (fixed_colours, ".panel { border: 0 }", "has no border"),
        (fixed_colours, "h1 { forced-color-adjust: none; color: #777 }", "cannot be read"),
        (fixed_colours, ":focus-visible { outline: 0 !important }", "does not show its focus"),
    ],
)
def test_a_fault_in_what_shows_is_found(
    page: Page, judge: Callable[[Page], list[str]], style: str, fault: str
) -> None:
    page.goto(EVERY["question-after-answer"])
    assert judge(page) == []
    styled(page, style)

    assert any(fault in found for found in judge(page))


@pytest.mark.parametrize(
    "script",
    [
        "document.querySelector('form button').tabIndex = 1",
        "document.querySelector('footer a').tabIndex = -1",
        HELD.format("#vraag"),
        HELD.format("footer li:last-child a"),
    ],
)
def test_a_fault_in_the_way_of_the_keyboard_is_found(page: Page, script: str) -> None:
    page.goto(EVERY["question-first"])
    page.evaluate(script)

    assert any("Tab leads to" in found for found in keyboard(page))
