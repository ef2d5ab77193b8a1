"""All that can be done on the pages, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.kinds import ALL_YES, EVERY
from tests.web.person import FIELD, NEXT, ask, heading, press, sees_focus, submit, tab_to

QUESTIONS = len(ALL_YES)


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


@pytest.mark.parametrize("kind", ["question-burgers", "outcome-volledig", "start"])
def test_the_error_summary_leads_to_the_field(open_page: OpenPage, kind: str) -> None:
    page = open_page()
    page.goto(EVERY[kind])
    title, field = page.title(), page.get_by_label(FIELD)

    ask(page, "kaas")
    assert page.title() == f"Fout: {title}"
    expect(page.get_by_role("alert")).to_be_focused()
    assert sees_focus(page)
    page.keyboard.press("Tab")
    assert sees_focus(page)
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    assert sees_focus(page)
    expect(field).to_have_value("kaas")
    expect(field).to_have_attribute("aria-invalid", "true")
    message = page.locator(".ask .error").inner_text()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(message)
    expect(field).to_have_accessible_description(re.compile(re.escape(message)))
    page.keyboard.press("Control+A")
    page.keyboard.type("primair proces")
    press(page, "Enter")

    expect(page.get_by_role("heading", name="Wat is het primaire proces?")).to_be_visible()
    assert not page.title().startswith("Fout:")


def test_all_questions_on_one_page(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/vragen")
    first, second, *_ = page.locator("fieldset").all()

    tab_to(page, "Ja")
    page.keyboard.press("Space")
    expect(first.get_by_role("radio").nth(0)).to_be_checked()
    tab_to(page, "Ja")
    page.keyboard.press("ArrowDown")
    expect(second.get_by_role("radio").nth(1)).to_be_checked()
    assert sees_focus(page)
    page.keyboard.press("ArrowUp")
    expect(second.get_by_role("radio").nth(0)).to_be_checked()
    tab_to(page, "Verder")
    press(page, "Enter")

    expect(page.get_by_text(f"Vraag 3 van hooguit {QUESTIONS}")).to_be_visible()
    assert page.get_by_role("link", name="Wijzig").count() == 2


def test_an_answer_is_changed(open_page: OpenPage) -> None:
    page = open_page()
    page.goto(EVERY["outcome-volledig"])
    assert heading(page) == "Volledige coproductie"

    tab_to(page, re.compile(r"Wijzig\s+inzet van inwoners"))
    press(page, "Enter")
    yes, no, _ = page.get_by_role("radio").all()
    expect(yes).to_be_checked()
    tab_to(page, page.locator(".option label").first.inner_text())
    page.keyboard.press("ArrowDown")
    expect(no).to_be_checked()
    press(page, "Enter")

    assert heading(page) == "Geen coproductie"


def test_the_link_is_copied(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(EVERY["outcome-volledig"])

    tab_to(page, "link")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.evaluate("navigator.clipboard.writeText('')")
    tab_to(page, "Kopieer link")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Link gekopieerd")).to_be_focused()

    assert page.evaluate("navigator.clipboard.readText()") == page.url
