"""What both stores promise, and for how long they keep it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.redis_pool import PREFIX
from bot.redis_store import RedisStore
from bot.store import DAY, MemoryStore, Store
from tests.bot.clock import Clock
from tests.valkey import Valkey


@pytest.fixture(params=["memory", "valkey"])
async def store(request: pytest.FixtureRequest, valkey: Valkey) -> AsyncIterator[Store]:
    made: Store = MemoryStore() if request.param == "memory" else RedisStore(valkey.address)
    yield made
    await made.close()
    with valkey.client() as client:
        client.flushall()


@pytest.mark.parametrize(
    "text", ["1|x||W|", "", "é 🙂", "a\n\x00\r\n$5\r\nb", "\ud800", "x" * 100_000]
)
async def test_a_text_is_kept_until_it_is_deleted(store: Store, text: str) -> None:
    await store.put("a", text)
    assert await store.get("a") == text

    await store.delete("a")
    await store.delete("a")
    assert await store.get("a") is None


async def test_a_later_text_takes_the_place_of_an_earlier_one(store: Store) -> None:
    await store.put("a", "1")
    await store.put("b", "2")
    await store.put("a", "3")

    assert [await store.get(key) for key in "abc"] == ["3", "2", None]


async def test_many_at_once_get_each_their_own(store: Store) -> None:
    keys = [str(number) for number in range(2_000)]
    await asyncio.gather(*(store.put(key, f"text {key}") for key in keys))

    found = await asyncio.gather(*map(store.get, keys))
    assert found == [f"text {key}" for key in keys]


async def test_silence_is_forgotten_and_a_word_prolongs() -> None:
    clock = Clock()
    store = MemoryStore(expiry=10.0, clock=clock)
    await store.put("a", "1")
    await store.put("b", "2")
    clock.now = 9.0
    await store.put("a", "1")
    assert await store.get("b") == "2"
    clock.now = 11.0

    assert await store.get("b") is None
    assert await store.get("a") == "1"


async def test_the_oldest_makes_room() -> None:
    store = MemoryStore(most=2)
    for key in "abac":
        await store.put(key, "1")

    assert [await store.get(key) for key in "abc"] == ["1", None, "1"]


async def test_after_closing_the_memory_is_empty() -> None:
    store = MemoryStore()
    await store.put("a", "1")
    await store.close()

    assert await store.get("a") is None


async def test_a_shared_store_forgets_after_a_day_of_silence(valkey: Valkey) -> None:
    store = RedisStore(valkey.address)
    await store.put("a", "1")
    with valkey.client() as client:
        assert client.keys() == [f"{PREFIX}a".encode()]
        client.expire(f"{PREFIX}a", 100)
        assert client.ttl(f"{PREFIX}a") <= 100
        await store.put("a", "1")

        assert DAY - 100 < client.ttl(f"{PREFIX}a") <= DAY
        await store.delete("a")
        assert client.keys() == []
    await store.close()


async def test_processes_share_what_is_in_a_shared_store(valkey: Valkey) -> None:
    one, other = RedisStore(valkey.address), RedisStore(valkey.address)
    await one.put("a", "1")

    assert await other.get("a") == "1"
    await other.delete("a")
    assert await one.get("a") is None
    await one.close()
    await other.close()


async def test_nothing_of_a_chat_comes_on_the_disk() -> None:
    with Valkey() as server:
        store = RedisStore(server.address)
        await store.put("a-chat", "what-was-said")
        await store.close()
        with server.client() as client:
            assert client.config_get("save", "appendonly") == {"save": "", "appendonly": "no"}
        server.stop()

        files = [path for path in server.folder.rglob("*") if path.is_file()]
        assert {path.suffix for path in files} == {".conf", ".log"}
        for path in files:
            written = path.read_text(encoding="utf-8", errors="replace")
            assert "a-chat" not in written
            assert "what-was-said" not in written
