"""An outcome can be kept: as a link, and on paper."""

import io

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.made_once import CONTENT
from tests.report.reading import pages, squeezed, text_of
from tests.web.conftest import OpenPage
from tests.web.kinds import EVERY, PLACES
from tests.web.person import heading

KINDS = ["outcome-volledig", "outcome-geen", "outcome-after-answer"]
ON_PAPER = [
    *KINDS,
    "outcome-early",
    "outcome-open",
    "outcome-everything-fails",
    "outcome-nothing-known",
    "all-questions",
    "all-questions-with-answers",
]
REPLY = "&antwoord-op="
BUTTONS = (
    ".skip, main nav :is(a, h2), .choices a, .offers a, button, summary, .answers a, .ask label, "
    ".keep h2"
)
OUTCOME = ("Uw antwoorden", "Gemaakt op")
QUESTIONS = tuple(question.text for question in CONTENT.questions.values())


@pytest.mark.parametrize("kind", KINDS)
def test_the_link_is_the_address_of_the_page(open_page: OpenPage, kind: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(EVERY[kind])
    address = page.url.partition(REPLY)[0]
    expect(page.get_by_label("Link naar deze uitkomst")).to_have_value(address)

    page.get_by_role("button", name="Kopieer link").click()

    expect(page.get_by_role("button", name="Link gekopieerd")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_the_button_to_print(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(EVERY["outcome-volledig"])

    page.get_by_role("button", name="Druk af").click()

    assert page.evaluate("window.printed")


@pytest.mark.parametrize("outcome", ["volledig", "implementatie", "complementair"])
@pytest.mark.parametrize("own_use", ["ja", "nee", "weet_niet"])
def test_an_outcome_is_one_page_on_paper(open_page: OpenPage, outcome: str, own_use: str) -> None:
    page = open_page()
    page.goto(PLACES[f"outcome-{outcome}"].replace("eigen_gebruik=ja", f"eigen_gebruik={own_use}"))

    with pikepdf.open(io.BytesIO(paper(page))) as printed:
        assert len(printed.pages) == 1
        assert [round(float(side)) for side in printed.pages[0].mediabox] == [0, 0, 595, 842]


@pytest.mark.parametrize("kind", ON_PAPER)
def test_paper_has_only_what_can_be_read(open_page: OpenPage, kind: str) -> None:
    page = open_page()
    page.goto(EVERY[kind])
    buttons = [squeezed(text) for text in page.locator(BUTTONS).all_inner_texts()]
    said = squeezed("".join(page.locator("article .said").all_inner_texts()))
    printed = paper(page)
    text = text_of(printed)

    assert pages(printed) == 1
    assert "Naardeinhoud" in buttons
    assert [button for button in buttons if button in text and button not in said] == []
    kept = QUESTIONS if "questions" in kind else (heading(page), *OUTCOME, page.url)
    assert [part for part in kept if squeezed(part.partition(REPLY)[0]) not in text] == []


def paper(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True)
