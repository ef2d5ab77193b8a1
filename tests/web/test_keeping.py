"""An outcome can be kept: as a link, and on paper."""

import io

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.kinds import EVERY, PLACES

KINDS = ["outcome-volledig", "outcome-geen", "outcome-after-answer"]
REPLY = "&antwoord-op="


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
def test_on_paper_it_is_one_page(open_page: OpenPage, outcome: str, own_use: str) -> None:
    page = open_page()
    page.goto(PLACES[f"outcome-{outcome}"].replace("eigen_gebruik=ja", f"eigen_gebruik={own_use}"))

    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert len(paper.pages) == 1
        assert [round(float(side)) for side in paper.pages[0].mediabox] == [0, 0, 595, 842]


@pytest.mark.parametrize("kind", KINDS)
def test_paper_has_no_buttons(open_page: OpenPage, kind: str) -> None:
    page = open_page()
    page.goto(EVERY[kind])
    page.emulate_media(media="print")
    useless = page.locator("nav, form, button, input, textarea, summary, .choices, .skip")

    assert useless.filter(visible=True).all_inner_texts() == []
    said = page.locator("body").inner_text()
    address = page.url.partition(REPLY)[0]
    for kept in ("Waarom deze uitkomst?", "Uw antwoorden", "Gemaakt op", address):
        assert kept in said
