"""Processes are killed at any moment while a thousand people come: the counts equal the truth."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.counts.opening import counts_store
from tests.botapi.server import BotApiServer
from tests.botapi.webhook import Pace
from tests.conftest import ContentWith
from tests.counts.campaigners import CAMPAIGNS, Campaigners
from tests.telegram.process import BotProcess, webhook_command, with_webhook
from tests.valkey import Valkey

# A client cannot notice what was on its way at a kill.
UNHURRIED = Pace(slow=60.0)


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer(webhook_pace=UNHURRIED) as server:
        yield server


@contextmanager
def two_bots(server: BotApiServer, content: Path, counts: str) -> Iterator[list[BotProcess]]:
    """Ready; what they logged is shown when something fails."""
    settings = {"COPRO_CONTENT": str(content), "COPRO_COUNTS": counts}
    with ExitStack() as running:
        bots = [running.enter_context(with_webhook(server, **settings)) for _ in range(2)]
        try:
            for bot in bots:
                bot.until_ready()
            assert webhook_command(server, "set").returncode == 0
            yield bots
        finally:
            print(*(bot.log for bot in bots), sep="\n")


def counted(address: str) -> Counter[tuple[str, str, str]]:
    """By campaign, measure and name; all of it came from Telegram."""

    async def read() -> Counter[tuple[str, str, str]]:
        counts = counts_store(address)
        assert counts is not None
        rows = await counts.read(None)
        await counts.close()
        assert {row.channel for row in rows} == {"telegram"}
        # It may have become midnight.
        found: Counter[tuple[str, str, str]] = Counter()
        for row in rows:
            found[row.campaign, row.measure, row.name] += row.number
        return found

    return asyncio.run(read())


def one_is_killed(bots: Sequence[BotProcess], seed: int) -> Callable[[], None]:
    chance = random.Random(seed)

    def crash() -> None:
        bot = chance.choice(bots)
        bot.kill()
        bot.start()

    return crash


def test_a_thousand_conversations_with_kill_9_in_between(
    server: BotApiServer, content_with: ContentWith, tmp_path: Path
) -> None:
    file = str(tmp_path / "counts.sqlite3")
    with two_bots(server, content_with(campagnes=CAMPAIGNS), file) as bots:
        crowd = Campaigners(server, 1_000, seed=1)
        kill = one_is_killed(bots, seed=1)
        crowd.walk([(kill, kill), (kill,), (kill,)])

        assert counted(file) == crowd.truth
        assert all("counts" not in bot.log for bot in bots)
    # Killing did something: updates came again.
    assert len(server.posted) > crowd.turns


def test_in_a_valkey_that_is_killed_as_well(
    server: BotApiServer, content_with: ContentWith, tmp_path: Path
) -> None:
    with (
        Valkey(folder=tmp_path / "valkey", appendonly="yes", appendfsync="always") as valkey,
        two_bots(server, content_with(campagnes=CAMPAIGNS), valkey.address) as bots,
    ):
        # Not the other way round: what waits for a place that is broken dies with its process.
        crowd = Campaigners(server, 100, seed=2)
        crowd.walk([(one_is_killed(bots, seed=2),), (valkey.kill,), (valkey.start,)])
        assert any("the counts cannot be written (unreachable)" in bot.log for bot in bots)
        for bot in bots:
            bot.until_ready()
        # What still waits is written at the end.
        assert [bot.terminate() for bot in bots] == [0, 0]

        assert counted(valkey.address) == crowd.truth
        assert all("the program ends with counts" not in bot.log for bot in bots)
