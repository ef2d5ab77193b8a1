"""The bot beside something else in one process: it starts and ends without touching the rest."""

import asyncio
import logging
import signal

import pytest

from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.settings import TelegramSettings
from bot.store import MemoryStore
from bot.telegram.run import BadToken, TelegramBot, check_token
from dialogues.flow import Flow
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.made_once import understanding_of
from tests.telegram.in_process import telegram_texts_of_content
from tests.telegram.judge import judge


def bot(flow: Flow, server: BotApiServer, token: str) -> TelegramBot:
    return TelegramBot(
        flow,
        understanding_of(flow),
        telegram_texts_of_content(),
        TelegramSettings(token, f"{server.url}/bot", f"{server.url}/file/bot"),
        MemoryStore(),
        Metrics(),
        Readiness("telegram"),
    )


async def test_it_serves_until_told_to_stop(flow: Flow) -> None:
    stopping = asyncio.Event()
    before = signal.getsignal(signal.SIGTERM), logging.getLogger().handlers[:]
    with BotApiServer() as server:
        anna = Person(server, 7)
        polling = asyncio.create_task(bot(flow, server, server.token).poll(stopping))
        anna.say("/zelfcheck")
        await anna.wait_async(lambda person: "Vraag 1" in person.last.text)
        assert (signal.getsignal(signal.SIGTERM), logging.getLogger().handlers) == before

        stopping.set()
        await polling
        assert server.state.pending_count == 0
    judge(server)


async def test_a_token_that_telegram_does_not_know_is_told_to_the_caller(flow: Flow) -> None:
    with BotApiServer() as server, pytest.raises(BadToken) as caught:
        await bot(flow, server, "123456:WRONG").poll(asyncio.Event())

    assert caught.value.refused
    assert "WRONG" not in str(caught.value)


@pytest.mark.parametrize("token", ["abc/../x", "", "123456:", "123456:a b"])
def test_what_is_no_token_is_told_before_any_call(token: str) -> None:
    with pytest.raises(BadToken) as caught:
        check_token(token)

    assert not caught.value.refused
