"""The bot beside something else in one process: it starts and ends without touching the rest."""

import asyncio
import logging
import signal

import pytest

from bot.campaigns.campaigns import Campaigns
from bot.counts.counter import Counter
from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.settings import TelegramSettings
from bot.store import MemoryStore
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.run import BadToken, TelegramBot, check_token
from bot.telegram.webhook import Webhook
from dialogues.flow import Flow
from tests.botapi.calls import result
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.made_once import understanding_of
from tests.telegram.in_process import count_texts_of_content, telegram_texts_of_content
from tests.telegram.judge import judge
from tests.telegram.process import PUBLIC_URL


def bot(flow: Flow, server: BotApiServer, token: str, public_url: str = "") -> TelegramBot:
    metrics = Metrics()
    return TelegramBot(
        flow,
        understanding_of(flow),
        telegram_texts_of_content(),
        TelegramSettings(token, f"{server.url}/bot", f"{server.url}/file/bot", public_url),
        MemoryStore(),
        metrics,
        Readiness("telegram"),
        campaigns=Campaigns(),
        counter=Counter(None, metrics),
        count_texts=count_texts_of_content(),
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


@pytest.mark.parametrize(
    ("address", "allowed", "said"),
    [
        (f"{PUBLIC_URL}/telegram", ALLOWED_UPDATES, ""),
        (f"{PUBLIC_URL}/telegram", ["message"], "Telegram does not bring all updates"),
        ("https://ergens.anders", ["message"], "Telegram brings no updates here"),
    ],
)
async def test_a_webhook_that_was_set_for_something_else_is_told(
    flow: Flow,
    caplog: pytest.LogCaptureFixture,
    address: str,
    allowed: list[str],
    said: str,
) -> None:
    stopping = asyncio.Event()
    with BotApiServer() as server:
        result(server, "setWebhook", url=address, allowed_updates=allowed)
        telegram = bot(flow, server, server.token, PUBLIC_URL)
        webhook = Webhook("secret", telegram.metrics)
        receiving = asyncio.create_task(telegram.receive(webhook, stopping))
        anna = Person(server, 7)
        await anna.wait_async(lambda _: bool(server.calls_of("getChatMenuButton")))
        stopping.set()
        await receiving

    warned = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert [line.partition(":")[0] for line in warned] == ([said] if said else [])


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
