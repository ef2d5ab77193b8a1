"""Scripted faults strike where they should, over HTTP and in process."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from tests.botapi.bots import http_bot, in_process_bot
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer

CHAT = 5


@pytest.fixture(scope="module")
def everywhere() -> Iterator[BotApiServer]:
    with BotApiServer() as running:
        yield running


@pytest.mark.parametrize(
    ("kind", "error", "delivered"),
    [
        ("too_many_requests", RetryAfter, False),
        ("server_error", NetworkError, False),
        ("bad_gateway", NetworkError, False),
        ("timeout", TimedOut, False),
        ("reset_before", NetworkError, False),
        ("reset_after", NetworkError, True),
        ("half_body", TelegramError, True),
    ],
)
@pytest.mark.parametrize("in_process", [True, False])
async def test_faults_strike_as_scripted(
    monkeypatch: pytest.MonkeyPatch,
    everywhere: BotApiServer,
    kind: str,
    error: type[Exception],
    delivered: bool,
    in_process: bool,
) -> None:
    # Without it the library warns as soon as it reads retry_after.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    server = everywhere
    person = Person(server, CHAT)
    person.say("a")
    before = len(person.messages)
    server.faults.add(kind, method="sendMessage", chat_id=CHAT, retry_after=7, delay=0.3)
    bot = in_process_bot(server) if in_process else http_bot(server)
    async with bot:
        Person(server, 6).say("a")
        await bot.send_message(6, "niet voor deze chat")
        with pytest.raises(error):
            await bot.send_message(CHAT, "a", read_timeout=0.2)
        assert server.calls_of("sendMessage")[-1].fault == kind
        assert server.faults.pending() == 0
        assert len(person.messages) == before + delivered
        await bot.send_message(CHAT, "b")


async def test_a_slow_answer_comes_after_the_effect(
    everywhere: BotApiServer,
) -> None:
    server = everywhere
    person = Person(server, 7)
    person.say("a")
    server.faults.add("slow", chat_id=7, times=2, delay=0.2)
    async with http_bot(server) as bot:
        begin = time.monotonic()
        sending = asyncio.create_task(bot.send_message(7, "a"))
        await person.wait_async(lambda one: one.last.text == "a")
        assert not sending.done()
        await sending
        assert time.monotonic() - begin >= 0.2
    assert server.faults.pending() == 1
    server.faults.clear()
    assert server.faults.pending() == 0
