"""The picture cards: those in the package are those of the content, and each says what it is."""

import json
import struct
from dataclasses import replace

import pytest

from bot.report.cards import ALT_TEXTS, FOLDER, cards, drawn
from bot.report.texts import ReportTexts
from dialogues.content import Content

_LARGEST = 100_000  # bytes; a messenger fetches it while somebody waits
_PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def fresh(content: Content, texts: ReportTexts) -> dict[str, bytes]:
    return drawn(content, texts)


def test_the_cards_in_the_package_are_fresh(fresh: dict[str, bytes]) -> None:
    stored = {path.name: path.read_bytes() for path in FOLDER.iterdir()}

    assert stored.keys() == fresh.keys(), "run `make docs`"
    assert [name for name in fresh if stored[name] != fresh[name]] == [], "run `make docs`"


def test_there_is_a_card_for_the_start_every_outcome_and_the_main_terms(
    content: Content, fresh: dict[str, bytes]
) -> None:
    expected = {"start.png", *(f"outcome-{name}.png" for name in content.outcomes)}
    terms = fresh.keys() - expected - {ALT_TEXTS}

    assert fresh.keys() >= expected
    assert terms <= {f"term-{name}.png" for name in content.terms}
    for name in ("coproductie", "cocreatie", "verschil"):
        assert f"term-{name}.png" in terms
    for outcome in content.outcomes.values():
        assert outcome.term is None or f"term-{outcome.term}.png" in terms
    # A picture for every term would make the package large, and nobody would look at it.
    assert len(terms) < 12


def test_they_have_the_size_that_messengers_want(fresh: dict[str, bytes]) -> None:
    for name, data in fresh.items():
        if name != ALT_TEXTS:
            assert data.startswith(_PNG), name
            assert struct.unpack(">II", data[16:24]) == (1200, 630), name
            assert len(data) < _LARGEST, name


def test_the_alternative_text_says_what_stands_on_the_card(
    content: Content, texts: ReportTexts, fresh: dict[str, bytes]
) -> None:
    alt = json.loads(fresh[ALT_TEXTS])

    assert alt.keys() == fresh.keys() - {ALT_TEXTS}
    for name, card in cards(content, texts):
        for words in (card.name, card.heading, card.sentence, card.foot):
            assert words in alt[name]
    assert content.outcomes["geen"].sentence in alt["outcome-geen.png"]
    assert content.terms["verschil"].question in alt["term-verschil.png"]


def test_a_long_text_stays_on_the_card(content: Content, texts: ReportTexts) -> None:
    long = replace(texts, card_start="Is uw initiatief coproductie? " * 20)

    assert struct.unpack(">II", drawn(content, long)["start.png"][16:24]) == (1200, 630)
