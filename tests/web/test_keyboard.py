"""With the keyboard alone, and with colours that the device has fixed."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.web.conftest import OpenPage
from tests.web.kinds import ALL_YES, EVERY
from tests.web.person import FIELD, NEXT, heading, press, sees_focus, submit, tab_to

QUESTIONS = len(ALL_YES)
DRAWN = """(element, line) => {
  const style = getComputedStyle(element);
  const of = (what) => style.getPropertyValue(`${line}-${what}`);
  return !["none", "hidden"].includes(of("style")) && parseFloat(of("width")) > 0
    && of("color") !== getComputedStyle(document.body).backgroundColor;
}"""


def test_the_whole_check(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")

    tab_to(page, "Doe de zelfcheck")
    press(page, "Enter")
    tab_to(page, "Uitleg")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Waarom deze vraag?")).to_be_visible()
    for number in range(1, QUESTIONS + 1):
        expect(page.get_by_text(f"Vraag {number} van hooguit {QUESTIONS}")).to_be_visible()
        yes, no, _ = page.get_by_role("radio").all()
        tab_to(page, page.locator(".option label").first.inner_text())
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(no).to_be_checked()
        assert sees_focus(page)
        page.keyboard.press("ArrowUp")
        expect(yes).to_be_checked()
        if number % 2:
            press(page, "Enter")
        else:
            tab_to(page, NEXT)
            press(page, "Space")

    assert heading(page) == "Volledige coproductie"


def test_a_term(open_page: OpenPage) -> None:
    page = open_page()
    page.goto(EVERY["question-first"])
    question = heading(page)

    tab_to(page, page.get_by_label(FIELD).get_attribute("name") or "")
    page.keyboard.type("primair proces")
    press(page, "Enter")

    expect(page.get_by_role("heading", name="Wat is het primaire proces?")).to_be_visible()
    assert heading(page) == question


@pytest.mark.parametrize("kind", ["start", "question-burgers", "outcome-geen", "all-questions"])
def test_the_way_past_the_top_of_the_page(open_page: OpenPage, kind: str) -> None:
    page = open_page()
    page.goto(EVERY[kind])

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    assert sees_focus(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.get_by_role("main").locator(":focus").count() == 1


@pytest.mark.parametrize("kind", ["question-first", "question-after-answer", "question-with-help"])
def test_the_error_summary_leads_to_the_choice(open_page: OpenPage, kind: str) -> None:
    page = open_page()
    page.goto(EVERY[kind])
    title = page.title()

    submit(page)
    assert page.title() == f"Fout: {title}"
    expect(page.get_by_role("alert")).to_be_focused()
    assert sees_focus(page)
    expect(page.locator("fieldset")).to_have_accessible_description(re.compile("Kies een antwoord"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    press(page, "Enter")

    assert not page.title().startswith("Fout:")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fixed_colours_hide_no_choice_and_no_focus(open_page: OpenPage, scheme: str) -> None:
    page = open_page(forced_colors="active", color_scheme=scheme)
    page.goto(EVERY["question-first"])
    chosen, other, *_ = page.locator(".option label").all()
    radio = page.get_by_role("radio").first

    tab_to(page, chosen.inner_text())
    radio.check()
    assert sees_focus(page)
    radio.evaluate("(radio) => radio.blur()")
    assert drawn(chosen, "outline")
    assert not drawn(other, "outline")
    for framed in (other, page.get_by_role("button", name=NEXT), page.get_by_label(FIELD)):
        assert drawn(framed, "border-top")


def drawn(element: Locator, line: str) -> bool:
    """Whether it has a line that differs from the page; fixed colours leave little else."""
    found: bool = element.evaluate(DRAWN, line)
    return found
