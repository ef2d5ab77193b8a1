"""What is remembered of a chat comes back as it was, and says nothing about whose it was."""

import asyncio
import gc
import tracemalloc
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.redis_store import RedisStore
from bot.store import MemoryStore, StoreUnavailable
from bot.telegram.memory import Memory, Remembered
from dialogues.codec import Codec
from dialogues.events import (
    Ask,
    Assess,
    Check,
    Help,
    Misunderstood,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.state import NEW, PAGES, Conversation
from tests.made_once import CONTENT
from tests.valkey import HOST, Valkey, free_port

CODEC = Codec(CONTENT)
TOKEN = "123456:a-token"
CHAT = 5_123_456_789
QUESTIONS = [*CONTENT.questions]
# As long as it gets: everything answered, two things suggested, and a full list of updates.
FULL = Conversation(dict.fromkeys(QUESTIONS, "ja"), QUESTIONS[-1], True)
LARGE = Remembered(
    conversation=Conversation(
        FULL.answers, FULL.at, FULL.complete, Suggest((Ask("coproductie"), Topics()))
    ),
    tap=f"123456|{CODEC.encode(FULL, Check())}",
    album="13579246801234567",
    handled=tuple(range(987_654_321, 987_654_321 + 8 * 5_000, 5_000)),
)

abouts = (
    st.sampled_from([None, Help(), Assess(), *map(Unknown, get_args(Misunderstood))])
    | st.sampled_from([*CONTENT.terms]).map(Ask)
    | st.just(Suggest((Ask("coproductie"), Topics())))
)
conversations = st.builds(
    Conversation,
    st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(["ja", "nee", "weet_niet"])),
    st.sampled_from(["", *PAGES, *QUESTIONS]),
    st.booleans(),
    abouts,
)
texts = st.text(st.characters(exclude_categories=()), max_size=70)
all_remembered = st.builds(
    Remembered,
    conversations,
    texts,
    texts,
    st.lists(st.integers(-(2**63), 2**63), max_size=8).map(tuple),
)


class Looked(MemoryStore):
    """A store that can be looked into."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}

    async def put(self, key: str, value: str) -> None:
        self.texts[key] = value
        await super().put(key, value)


@given(all_remembered)
@example(Remembered())
@example(LARGE)
@example(Remembered(tap="1|\n\n\n", album="\n7\n"))
def test_it_comes_back_as_it_was(remembered: Remembered) -> None:
    async def told() -> Remembered:
        memory = Memory(MemoryStore(), CODEC, TOKEN)
        await memory.remember(CHAT, remembered)
        return await memory.recall(CHAT)

    assert asyncio.run(told()) == remembered


async def test_it_comes_back_from_a_shared_store_in_another_process() -> None:
    with Valkey() as server:
        one, other = RedisStore(server.address), RedisStore(server.address)
        await Memory(one, CODEC, TOKEN).remember(CHAT, LARGE)

        assert await Memory(other, CODEC, TOKEN).recall(CHAT) == LARGE
        # A bot with another token does not find what is not its own.
        assert await Memory(other, CODEC, "1:other").recall(CHAT) == Remembered()
        await one.close()
        await other.close()


async def test_a_chat_is_forgotten_alone() -> None:
    memory = Memory(MemoryStore(), CODEC, TOKEN)
    for chat in (CHAT, -CHAT, 0):
        await memory.remember(chat, Remembered(tap=str(chat)))
    await memory.forget(CHAT)

    assert await memory.recall(CHAT) == Remembered()
    assert (await memory.recall(-CHAT)).tap == str(-CHAT)


async def test_the_last_eight_updates_are_kept() -> None:
    memory = Memory(MemoryStore(), CODEC, TOKEN)
    await memory.remember(CHAT, Remembered(handled=tuple(range(20))))

    assert (await memory.recall(CHAT)).handled == tuple(range(12, 20))


def test_what_is_older_than_all_that_is_kept_was_handled() -> None:
    some, full = Remembered(handled=(5, 7)), Remembered(handled=(*range(10, 17), 20))

    assert [number for number in (4, 5, 6, 7, 8) if some.knows(number)] == [5, 7]
    assert [number for number in (9, 10, 18, 20, 21) if full.knows(number)] == [9, 10, 20]


async def test_a_turn_that_never_ended_is_done_again_and_gone_on_from() -> None:
    class Cut(BaseException):
        """As far as a process can be killed within itself."""

    with Valkey() as server:
        store = RedisStore(server.address)
        memory = Memory(store, CODEC, TOKEN)
        before, now = Remembered(tap="x", handled=(1,)), replace(LARGE, handled=(1, 2))
        with pytest.raises(Cut):
            async with memory.kept(CHAT, before, now):
                raise Cut

        assert await memory.recall(CHAT, 2) == before
        assert await memory.recall(CHAT, 3) == now
        with pytest.raises(ValueError, match="refused"):
            async with memory.kept(CHAT, before, now):
                raise ValueError("refused")
        assert await memory.recall(CHAT, 3) == before
        async with memory.kept(CHAT, before, now):
            assert await memory.recall(CHAT, 2) == before
        assert await memory.recall(CHAT, 2) == now
        await store.close()


async def test_neither_the_chat_nor_the_token_is_in_the_store() -> None:
    store = Looked()
    await Memory(store, CODEC, TOKEN).remember(CHAT, LARGE)
    [(key, text)] = store.texts.items()

    for secret in (str(CHAT), f"{CHAT:x}", TOKEN, "a-token"):
        assert secret not in key + text
    assert len(key) == 22
    assert len(text) < 250


@pytest.mark.parametrize("at", range(0, 140, 3))
async def test_what_is_cut_off_or_damaged_is_never_an_error(at: int) -> None:
    store = Looked()
    memory = Memory(store, CODEC, TOKEN)
    await memory.remember(CHAT, LARGE)
    [(key, text)] = store.texts.items()
    for damaged in (text[:at], text[at:], f"{text[:at]}\n{text[at:]}", f"{text[:at]}|{text[at:]}"):
        await store.put(key, damaged)

        assert isinstance(await memory.recall(CHAT), Remembered)


@given(
    st.text(st.characters(exclude_categories=()), max_size=300)
    | st.from_regex(r"1\n1\|[a-z]?\|[a-z,]{0,5}\|[a-z]?\|[a-z.]*\n[0-9.-]*\n-?[0-9]*\n.*")
)
@example("1\n1||||\n\n9999\nx")
@example("1\n1||||\n\n-2\nabc")
@example("1\n1||||\n1..2\n0\n")
@example(f"1\n1||||\n{'9' * 1_900}.1\n0\n")
def test_whatever_stands_in_the_store_is_never_an_error(text: str) -> None:
    async def told() -> Remembered:
        store = Looked()
        memory = Memory(store, CODEC, TOKEN)
        await memory.remember(CHAT, LARGE)
        [key] = store.texts
        await store.put(key, text)
        found = await memory.recall(CHAT)
        await memory.remember(CHAT, found)
        return found

    assert isinstance(asyncio.run(told()), Remembered)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0\n1||||\n5\n1\nab",
        "1",
        "1\n1||||\n\n0",
        "1\n2||||\n5\n1\nab",
        "1\n1|V||W|\n5\n1\nab",
        "1\n1||||\nx\n0\n",
        "1\n1||||\n\nx\n",
        f"1\n1||||\n\n0\n{'x' * 3_000}",
    ],
)
async def test_what_cannot_be_read_is_a_blank(text: str) -> None:
    store = Looked()
    memory = Memory(store, CODEC, TOKEN)
    await memory.remember(CHAT, LARGE)
    [key] = store.texts
    await store.put(key, text)

    assert await memory.recall(CHAT) == Remembered(NEW)


async def test_a_store_that_is_gone_is_said() -> None:
    memory = Memory(RedisStore(f"redis://{HOST}:{free_port()}"), CODEC, TOKEN)
    for asked in (memory.recall(1), memory.remember(1, LARGE), memory.forget(1)):
        with pytest.raises(StoreUnavailable):
            await asked


async def test_a_chat_takes_little_memory() -> None:
    """As ``bot/store.py`` promises; shown with ``pytest -s``."""
    chats = 20_000
    memory = Memory(MemoryStore(), CODEC, TOKEN)
    await memory.remember(0, LARGE)
    gc.collect()
    tracemalloc.start()
    for chat in range(1, chats):
        await memory.remember(chat, LARGE)
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{taken / chats:.0f} bytes for a chat")

    assert taken / chats < 400
