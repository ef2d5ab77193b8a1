"""Every link leads where it says, in both channels, and fits what Telegram allows."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.address import Addresses
from bot.campaigns.links import Links, NoAddress, links_of
from dialogues.conversation import handle
from dialogues.entries import entry
from dialogues.flow import Flow
from dialogues.state import NEW
from tests.campaigns.conftest import BOT, CAMPAIGN, WEB, Read


def test_the_links_of_a_campaign(read: Read) -> None:
    (campaign,), _ = read(CAMPAIGN)
    web, telegram = Links(WEB, BOT).of(campaign)

    assert (web.channel, web.address) == ("web", "https://wijzer.example.nl/c/buurtfeest-2027")
    assert web.shown == "wijzer.example.nl/c/buurtfeest-2027"
    assert telegram.channel == "telegram"
    assert telegram.address == "https://t.me/voorbeeld_bot?start=c-buurtfeest-2027"
    assert Links(WEB, "").of(campaign) == (web,)
    assert Links("", BOT).of(campaign) == (telegram,)


def test_they_come_from_the_settings(read: Read) -> None:
    (campaign,), _ = read(CAMPAIGN)
    settings = {"COPRO_PUBLIC_URL": f"{WEB}/", "COPRO_TELEGRAM_NAME": f"@{BOT}"}

    assert links_of(settings).of(campaign) == Links(WEB, BOT).of(campaign)


def test_without_any_address_there_are_none() -> None:
    with pytest.raises(NoAddress):
        links_of({})


def test_every_term_form_example_and_outcome_has_its_own(flow: Flow) -> None:
    content, addresses = flow.content, Addresses(flow)
    found = dict(Links(f"{WEB}/pad", BOT).entries(flow))

    kinds = (content.terms, content.forms, content.examples, content.outcomes)
    assert found.keys() == {name for rows in kinds for name in rows}
    assert len(found) > 150
    for name, (web, telegram) in found.items():
        event = entry(content, name)
        assert event is not None
        parts = urlsplit(web.address.removeprefix(f"{WEB}/pad"))
        shown = addresses.visit(parts.path, parse_qsl(parts.query))
        assert shown.turn == handle(flow, NEW, event)[1], name
        assert not shown.outdated
        payload = telegram.address.removeprefix(f"https://t.me/{BOT}?start=")
        assert payload == name
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
