"""What the bot counts, read back from a real file of counts: every turn once, whatever happens."""

from collections.abc import Sequence
from pathlib import Path

from bot.counts.counter import Counter
from bot.counts.measures import Channel
from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.store import Batch, CountsUnavailable, Row
from bot.counts.tally import Tally
from bot.metrics import Metrics
from bot.telegram.counting import Counting, Done
from dialogues.events import Start
from dialogues.flow import Flow
from dialogues.state import NEW
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.telegram.in_process import InProcessBot, count_texts_of_content
from tests.web.campaigns import CAMPAIGNS, CHECK, TERM


class Counted:
    """Bots that count in the same file, each as if in a process of its own."""

    def __init__(self, api: BotApi, flow: Flow, file: Path) -> None:
        self._api = api
        self._flow = flow
        self._file = file

    def bot(self) -> InProcessBot:
        counts = SqliteCounts(self._file)
        return InProcessBot(self._api, self._flow, campaigns=CAMPAIGNS, counts=counts)

    async def sums(self) -> dict[str, int]:
        """``campaign measure name``, without what is empty."""
        counts = SqliteCounts(self._file)
        rows = await counts.read(None)
        await counts.close()
        assert {row.channel for row in rows} <= {"telegram"}
        return {_said(row): row.number for row in rows}


def _said(row: Row) -> str:
    return " ".join(filter(None, (row.campaign, row.measure, row.name)))


async def told(counted: Counted, person: Person, *texts: str) -> dict[str, int]:
    async with counted.bot() as bot:
        for text in texts:
            person.say(text)
            await bot.settle()
    return await counted.sums()


async def test_who_comes_in_is_a_start(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path
) -> None:
    counted = Counted(api, flow, tmp_path / "counts")
    starts = ("/start", "/start@test_bot", "/start onzin", "/start AwJ", "/start begrippen")

    assert await told(counted, anna, *starts, "start", "menu", "/zelfcheck") == {"start": 5}


async def test_a_link_counts_as_a_start_and_as_what_it_opens(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path
) -> None:
    counted = Counted(api, flow, tmp_path / "counts")

    assert await told(counted, anna, "/start coproductie", f"/start {TERM.payload}") == {
        "start": 1,
        "begrip coproductie": 1,
        "buurtfeest-2027 start": 1,
        "buurtfeest-2027 begrip cocreatie": 1,
    }


async def test_a_check_counts_for_the_campaign_that_began_it_also_after_a_restart(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path
) -> None:
    counted = Counted(api, flow, tmp_path / "counts")
    async with counted.bot() as bot:
        anna.say(f"/start {CHECK.payload}")
        await bot.settle()
        anna.tap("Ja")
        await bot.settle()
    async with counted.bot() as bot:
        anna.tap("Nee")
        await bot.settle()

    assert await counted.sums() == {
        "zelf-doen start": 1,
        "zelf-doen zelfcheck_begonnen": 1,
        "zelf-doen zelfcheck_afgerond": 1,
        "zelf-doen uitkomst geen": 1,
    }


async def test_only_what_was_typed_is_not_understood(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path
) -> None:
    counted = Counted(api, flow, tmp_path / "counts")
    async with counted.bot() as bot:
        number = anna.say("wat voor weer wordt het morgen?")
        anna.edit(number, "en overmorgen?")
        anna.send_photo()
        anna.send_album(3)
        anna.tap_data("1|zzz", 1)
        anna.say_in_group(-100, "/start@test_bot")
        anna.type_inline("wat voor weer wordt het morgen?")
        await bot.settle()
        anna.block()
        await bot.settle()

    assert await counted.sums() == {"niet_begrepen": 1}


async def test_a_second_tap_and_an_old_button_count_for_what_they_do(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path
) -> None:
    counted = Counted(api, flow, tmp_path / "counts")
    async with counted.bot() as bot:
        anna.say("/zelfcheck")
        await bot.settle()
        first = anna.last
        anna.tap("Nee")
        anna.tap("Nee")
        await bot.settle()
        # It goes on from its own answers, of which there were none.
        anna.tap_data("1|a|wj||", first.id)
        await bot.settle()

    assert await counted.sums() == {
        "zelfcheck_begonnen": 2,
        "zelfcheck_afgerond": 1,
        "uitkomst geen": 1,
    }


async def test_what_telegram_brings_again_counts_once_also_in_another_process(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path
) -> None:
    counted = Counted(api, flow, tmp_path / "counts")
    anna.say(f"/start {TERM.payload}")
    anna.say("wat is coproductie?")
    anna.say("blablabla")
    updates = api.state.take_updates()
    for _ in range(2):
        # A process without what the one before it remembered: it replies again.
        async with counted.bot() as bot:
            for update in (*updates, *updates):
                await bot.handle(update)

    assert len([m for m in anna.messages if m.from_bot]) == 2 * len(updates)
    assert await counted.sums() == {
        "buurtfeest-2027 start": 1,
        "buurtfeest-2027 begrip cocreatie": 1,
        "buurtfeest-2027 begrip coproductie": 1,
        "buurtfeest-2027 niet_begrepen": 1,
    }


async def test_what_did_not_arrive_does_not_count_until_it_does(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path
) -> None:
    counted = Counted(api, flow, tmp_path / "counts")
    async with counted.bot() as bot:
        anna.say("/zelfcheck")
        await bot.settle()
        api.faults.add("reset_before", method="sendMessage")
        anna.tap("Nee")
        await bot.settle()
        assert await counted.sums() == {}
        anna.tap("Nee")
        await bot.settle()

    assert await counted.sums() == {
        "zelfcheck_begonnen": 1,
        "zelfcheck_afgerond": 1,
        "uitkomst geen": 1,
    }


class Broken:
    """A place for counts that never works."""

    async def write(self, batch: Batch) -> None:
        raise CountsUnavailable("full")

    async def read(self, since: object) -> Sequence[Row]:
        raise CountsUnavailable("full")

    async def close(self) -> None:
        """There is nothing to close."""


async def test_the_conversation_goes_on_where_nothing_can_be_counted(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, counts=Broken()) as bot:
        anna.say("/start zelfcheck")
        await bot.settle()
        anna.tap("Nee")
        await bot.settle()

    assert "Geen coproductie" in anna.last.text


async def test_the_words_about_privacy_name_all_that_is_counted_when_it_is(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path
) -> None:
    said = []
    for counts in (None, SqliteCounts(tmp_path / "counts")):
        async with InProcessBot(api, flow, counts=counts) as bot:
            anna.say("/privacy")
            await bot.settle()
        said.append(anna.last.text)

    measures = [one.counts for one in count_texts_of_content().measures.values()]
    assert [line for line in measures if line in said[0]] == []
    assert [line for line in measures if line in said[1]] == measures


class Kept:
    """Holds what is written, to look at the marks."""

    def __init__(self) -> None:
        self.marks: list[bytes] = []

    async def write(self, batch: Batch) -> None:
        self.marks += [entry.once for entry in batch.entries]

    async def read(self, since: object) -> Sequence[Row]:
        return ()

    async def close(self) -> None:
        """There is nothing to close."""


async def test_a_mark_is_keyed_and_says_nothing(flow: Flow) -> None:
    kept = Kept()
    counter = Counter(kept, Metrics())
    counter.start()
    tally = Tally(flow, CAMPAIGNS, counter, Channel.TELEGRAM)
    for token in ("123456:TEST", "123456:OTHER"):
        for update in (5, 5, 6, -1, 10**30):
            done = Done(NEW, Start(), NEW, started=True)
            await Counting(tally, token).turn(update, done)
    await counter.close()

    assert {len(mark) for mark in kept.marks} == {16}
    assert len(kept.marks) == 10
    assert len(set(kept.marks)) == 8
