"""The bot beside something else in one process: it starts and ends without touching the rest."""

import asyncio
import logging
import signal

import pytest

from bot.settings import TelegramSettings
from bot.telegram.run import BadToken, serve
from dialogues.flow import Flow
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.telegram.in_process import telegram_texts_of_content
from tests.telegram.judge import judge


def settings(server: BotApiServer, token: str) -> TelegramSettings:
    return TelegramSettings(token, f"{server.url}/bot", f"{server.url}/file/bot")


async def test_it_serves_until_told_to_stop(flow: Flow) -> None:
    stopping = asyncio.Event()
    before = signal.getsignal(signal.SIGTERM), logging.getLogger().handlers[:]
    with BotApiServer() as server:
        anna = Person(server, 7)
        made = settings(server, server.token)
        serving = asyncio.create_task(
            serve(flow, telegram_texts_of_content(), made, None, stopping)
        )
        anna.say("/zelfcheck")
        await anna.wait_async(lambda person: "Vraag 1" in person.last.text)
        assert (signal.getsignal(signal.SIGTERM), logging.getLogger().handlers) == before

        stopping.set()
        await serving
        assert server.state.pending_count == 0
    judge(server)


@pytest.mark.parametrize(("token", "refused"), [("123456:WRONG", True), ("abc/../x", False)])
async def test_a_bad_token_is_told_to_the_caller(flow: Flow, token: str, refused: bool) -> None:
    with BotApiServer() as server:
        made = settings(server, token)
        with pytest.raises(BadToken) as caught:
            await serve(flow, telegram_texts_of_content(), made, None, asyncio.Event())

    assert caught.value.refused == refused
    assert token not in str(caught.value)
