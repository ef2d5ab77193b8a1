"""What browsers do besides showing a page: no script, back, tabs, reloading, bookmarks."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.kinds import ALL_YES
from tests.web.person import FIELD, answer, ask, first_answer, heading, submit

QUESTIONS = len(ALL_YES)
FULL = "Volledige coproductie"
NONE = "Geen coproductie"
NONSENSE = "de maan is van kaas"
NOT_UNDERSTOOD = "Daar weet ik niets van."


def test_without_javascript(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/zelfcheck")
    submit(page)
    expect(page.get_by_role("alert")).to_be_focused()
    for _ in range(QUESTIONS):
        first_answer(page)
    assert heading(page) == FULL

    with page.expect_navigation():
        page.get_by_role("link", name="Wijzig inzet van inwoners").click()
    expect(page.get_by_role("radio", name="Ja (uw antwoord)")).to_be_checked()
    answer(page, "Nee")
    assert heading(page) == NONE
    assert page.get_by_role("button", name="Kopieer link").count() == 0
    assert page.get_by_role("button", name="Druk af").count() == 0


def test_what_was_typed_can_be_mended(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/zelfcheck")
    ask(page, NONSENSE)

    expect(page.get_by_text(NOT_UNDERSTOOD)).to_be_visible()
    expect(page.get_by_label(FIELD)).to_have_value(NONSENSE)
    assert "maan" not in page.url


def test_back(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/zelfcheck")
    seen = []
    for _ in range(QUESTIONS):
        seen.append(heading(page))
        first_answer(page)
    for question in reversed(seen):
        page.go_back()
        assert heading(page) == question
    first_answer(page)
    assert heading(page) == seen[1]
    answer(page, "Nee")

    assert heading(page) == NONE


@pytest.mark.parametrize("slip", ["no choice", "not understood"])
def test_back_past_a_slip(open_page: OpenPage, slip: str) -> None:
    page = open_page()
    page.goto("/zelfcheck")
    question = heading(page)
    if slip == "no choice":
        submit(page)
        expect(page.get_by_role("alert")).to_be_visible()
    else:
        ask(page, NONSENSE)
        expect(page.get_by_text(NOT_UNDERSTOOD)).to_be_visible()
    answer(page, "Ja")

    page.go_back()
    assert heading(page) == question
    answer(page, "Nee")
    assert heading(page) == NONE


def test_two_tabs_know_nothing_of_each_other(open_page: OpenPage) -> None:
    first = open_page()
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto("/zelfcheck")
        answer(tab, "Ja")
    answer(first, "Ja")
    answer(second, "Nee")
    answer(first, "Ja")
    second.reload()

    assert "Vraag 4 van" in first.title()
    assert heading(second) == NONE


def test_every_step_can_be_reloaded_and_kept(open_page: OpenPage) -> None:
    page, later = open_page(), open_page()
    page.goto("/zelfcheck")
    for _ in range(QUESTIONS):
        first_answer(page)
        said = page.locator("body").inner_text()
        page.reload()
        assert page.locator("body").inner_text() == said
        later.goto(page.url)
        assert later.locator("body").inner_text() == said

    assert heading(later) == FULL
