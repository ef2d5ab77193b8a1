"""Whether somebody asks for a verdict, and on what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.verdict import asks_for_verdict


@pytest.mark.parametrize(
    ("text", "initiative"),
    [
        ("is buurtpreventie coproductie", "buurtpreventie"),
        ("is een leesclub ook echte coproductie", "leesclub"),
        ("zijn wijkteams een vorm van coproductie", "wijkteams"),
        ("valt het schoonmaken van de straat onder coproductie", "schoonmaken van straat"),
        ("telt een moestuin als coproductie", "moestuin"),
        ("hoort een buurtbus bij coproductie", "buurtbus"),
        ("kun je het voorlezen coproductie noemen", "voorlezen"),
        ("doen wij met de speeltuin ook aan coproductie", "met speeltuin"),
        ("ik vraag me af of een repaircafe coproductie is", "repaircafe"),
        ("wij snoeien samen is dat coproductie", "snoeien samen"),
        ("is het coproductie als buren samen koken", "buren samen koken"),
        ("is dat coproductie", ""),
        ("is dit nou echt coproductie of niet", ""),
    ],
)
def test_a_verdict_is_asked(text: str, initiative: str) -> None:
    assert asks_for_verdict(text) == initiative


@pytest.mark.parametrize(
    "text",
    [
        "",
        "coproductie",
        "wat is coproductie",
        "wanneer is iets echte coproductie",
        "waarom is dat geen coproductie",
        "wat is een goed voorbeeld van coproductie",
        "is coproductie moeilijk",
        "is coproductie hetzelfde als samenwerken",
        "is samen ontwerpen cocreatie of coproductie",
        "is er verschil tussen inspraak en coproductie",
        "is er een boek over coproductie",
        "zijn er grenzen aan coproductie",
        "is het wel coproductie bij dit soort vage plannen",
        "is buurtpreventie leuk",
    ],
)
def test_no_verdict_is_asked(text: str) -> None:
    assert asks_for_verdict(text) is None


@given(st.text(alphabet="iscoprdute alvn ", max_size=400))
def test_any_text_is_read(text: str) -> None:
    asks_for_verdict(text)
    asks_for_verdict(f"is {text} coproductie")
