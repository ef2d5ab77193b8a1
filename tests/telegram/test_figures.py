"""The figures in Telegram: for those that the settings name, and for nobody else."""

import logging
from pathlib import Path

import pytest

from bot.counts.measures import Channel, Count, Measure
from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.store import Batch, CountsUnavailable, Entry, Row
from bot.dates import today
from dialogues.flow import Flow
from dialogues.markup import plain
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.telegram.in_process import (
    InProcessBot,
    count_texts_of_content,
    telegram_texts_of_content,
)
from tests.web.campaigns import CAMPAIGNS

ANNA, BOB = 7, 5_123_456_789
TEXTS = telegram_texts_of_content()


async def counts(file: Path) -> SqliteCounts:
    """Seven starts on the web, of which six by one campaign, and three by one that is gone."""
    store = SqliteCounts(file)
    entries = [
        Entry(today(), campaign, Channel.WEB, (Count(Measure.START),))
        for campaign in ("", *["buurtfeest-2027"] * 6, *["weggehaald"] * 3)
    ]
    await store.write(Batch(b"12345678", entries))
    return store


def said(person: Person) -> str:
    return "\n".join(m.text for m in person.messages if m.from_bot)


async def asked(api: BotApi, flow: Flow, file: Path, text: str) -> str:
    anna = Person(api, ANNA)
    store = await counts(file)
    async with InProcessBot(
        api, flow, campaigns=CAMPAIGNS, counts=store, admins=frozenset({ANNA})
    ) as bot:
        anna.say(text)
        await bot.settle()
    return said(anna)


async def test_who_offers_the_bot_gets_the_figures(api: BotApi, flow: Flow, tmp_path: Path) -> None:
    assert "10" in await asked(api, flow, tmp_path / "counts", "/cijfers")


@pytest.mark.parametrize(
    "text", ["/cijfers buurtfeest-2027", "/CIJFERS@test_bot  Buurtfeest-2027 "]
)
async def test_one_campaign_alone(api: BotApi, flow: Flow, tmp_path: Path, text: str) -> None:
    figures = await asked(api, flow, tmp_path / "counts", text)

    assert "6" in figures
    assert "10" not in figures


async def test_a_campaign_that_was_taken_out_keeps_its_figures(
    api: BotApi, flow: Flow, tmp_path: Path
) -> None:
    figures = await asked(api, flow, tmp_path / "counts", "/cijfers weggehaald")

    assert "minder dan 5" in figures
    assert "Die campagne ken ik niet" not in figures


@pytest.mark.parametrize("code", ["geen-van-ons", "**", "[x](https://a.b)", "<b>", "a" * 3000])
async def test_a_campaign_that_there_is_not(
    api: BotApi, flow: Flow, tmp_path: Path, code: str
) -> None:
    figures = await asked(api, flow, tmp_path / "counts", f"/cijfers {code}")

    assert figures.startswith("Die campagne ken ik niet.")


async def test_anybody_else_gets_no_figures_but_their_own_number(
    api: BotApi, flow: Flow, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    bob = Person(api, BOB)
    store = await counts(tmp_path / "counts")
    async with InProcessBot(api, flow, counts=store, admins=frozenset({ANNA})) as bot:
        bob.say("/zelfcheck")
        bob.say("/cijfers buurtfeest-2027")
        await bot.settle()
        assert bob.last.text == (
            "De cijfers zijn alleen voor wie deze bot aanbiedt. Biedt u de bot aan? "
            f"Zet dan uw nummer in de instellingen: {BOB}."
        )
        # The conversation stayed where it was.
        bob.say("ja")
        await bot.settle()
    assert "Vraag 2" in bob.last.text
    assert str(BOB) not in caplog.text


async def test_in_a_group_there_are_no_figures(api: BotApi, flow: Flow, tmp_path: Path) -> None:
    anna = Person(api, ANNA)
    store = await counts(tmp_path / "counts")
    async with InProcessBot(api, flow, counts=store, admins=frozenset({ANNA})) as bot:
        anna.say_in_group(-100, "/cijfers")
        anna.say_in_group(-100, "/cijfers@test_bot")
        await bot.settle()

    [reply] = [m for m in anna.messages_in(-100) if m.from_bot]
    assert "In een groep stel ik geen vragen" in reply.text


async def test_it_is_in_no_menu() -> None:
    commands = (*TEXTS.commands, *TEXTS.group_commands)

    assert "cijfers" not in [command.name for command in commands]


async def test_when_nothing_is_counted_that_is_said(api: BotApi, flow: Flow, anna: Person) -> None:
    async with InProcessBot(api, flow, admins=frozenset({ANNA})) as bot:
        anna.say("/cijfers")
        await bot.settle()

    assert anna.last.text == plain(count_texts_of_content().not_counting)


class Damaged:
    """A place for counts that cannot be trusted."""

    async def write(self, batch: Batch) -> None:
        raise CountsUnavailable("damaged")

    async def read(self, since: object) -> tuple[Row, ...]:
        raise CountsUnavailable("damaged")

    async def close(self) -> None:
        """There is nothing to close."""


async def test_figures_that_cannot_be_read_are_said_to_be_so(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, counts=Damaged(), admins=frozenset({ANNA})) as bot:
        anna.say("/cijfers")
        await bot.settle()

    assert anna.last.text == plain(count_texts_of_content().unavailable("damaged"))


async def test_what_telegram_brings_again_is_said_once(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, admins=frozenset({ANNA})) as bot:
        anna.say("/cijfers")
        [update] = api.state.take_updates()
        for _ in range(2):
            await bot.handle(update)

    assert len([m for m in anna.messages if m.from_bot]) == 1
