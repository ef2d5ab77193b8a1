"""A real Valkey for the stores, and a store in it that is watched."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from bot.redis_store import RedisStore
from bot.store import StoreUnavailable
from tests.bot.clock import Clock
from tests.valkey import Valkey

LONG = 100.0  # seconds, longer than any pause


class Watched:
    """A store with a clock of its own, and how often it was in trouble."""

    def __init__(self, address: str) -> None:
        self.clock = Clock()
        self.troubles = 0
        self.store = RedisStore(address, on_trouble=self._count, clock=self.clock)

    def _count(self) -> None:
        self.troubles += 1

    async def fails(self, key: str = "a") -> None:
        """Asking and putting fail, the way that a conversation goes on from."""
        with pytest.raises(StoreUnavailable):
            await self.store.get(key)
        with pytest.raises(StoreUnavailable):
            await self.store.put(key, "1")

    async def works(self, key: str = "a") -> None:
        await self.store.put(key, "1")
        assert await self.store.get(key) == "1"


Watch = Callable[[str], Watched]
Said = Callable[[], list[tuple[str, str]]]


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """One that always runs; a test that harms it starts its own."""
    with Valkey() as server:
        yield server


@pytest.fixture
async def watch() -> AsyncIterator[Watch]:
    made: list[Watched] = []

    def watched(address: str) -> Watched:
        made.append(Watched(address))
        return made[-1]

    yield watched
    for one in made:
        await one.store.close()


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Said:
    """What was logged since it was asked last: level and line."""
    caplog.set_level(logging.INFO, "bot")

    def lines() -> list[tuple[str, str]]:
        found = [(record.levelname, record.getMessage()) for record in caplog.records]
        caplog.clear()
        return found

    return lines
