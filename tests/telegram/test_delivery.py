"""What becomes of one call: tried again, given up, or put off."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.metrics import Metrics
from bot.telegram.client import AiohttpRequest
from bot.telegram.delivery import Delivery, Gone, Later
from bot.telegram.render import Text
from tests.botapi.api import BotApi
from tests.botapi.bots import in_process_bot
from tests.botapi.person import Person
from tests.telegram.raw_server import http_answer, raw_server

CHAT = 5
SHORT = Text("<b>kort</b>", "kort")
DONE = http_answer(b'{"ok":true,"result":{"message_id":1}}')


@pytest.fixture
def api() -> BotApi:
    api = BotApi()
    Person(api, CHAT).say("hallo")
    return api


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def given_up(metrics: Metrics) -> float:
    return counted(metrics, 'errors_total{kind="telegram"}')


def told_to_wait(metrics: Metrics) -> float:
    return counted(metrics, "telegram_too_many_requests_total")


def counted(metrics: Metrics, name: str) -> float:
    lines = metrics.text().decode().splitlines()
    (value,) = (line.split()[-1] for line in lines if line.startswith(f"coproductiewijzer_{name} "))
    return float(value)


@asynccontextmanager
async def over_http(origin: str, metrics: Metrics) -> AsyncIterator[Delivery]:
    async with AiohttpRequest() as request:
        bot = Bot("1:A", f"{origin}/bot", request=request, get_updates_request=request)
        yield Delivery(bot, metrics)


async def test_a_wait_within_the_limit_is_waited(api: BotApi, metrics: Metrics) -> None:
    api.faults.add("too_many_requests", retry_after=1)
    await Delivery(in_process_bot(api), metrics, 1.0).send(CHAT, SHORT, None, repeatable=False)

    assert Person(api, CHAT).last.text == "kort"
    assert (told_to_wait(metrics), given_up(metrics)) == (1, 0)


async def test_a_wait_beyond_the_limit_is_for_later(api: BotApi, metrics: Metrics) -> None:
    delivery = Delivery(in_process_bot(api), metrics, 1.0)
    api.faults.add("too_many_requests", retry_after=30)
    with pytest.raises(Later) as caught:
        await delivery.send(CHAT, SHORT, None, repeatable=True)

    assert caught.value.seconds == 30
    assert (told_to_wait(metrics), given_up(metrics)) == (1, 0)


async def test_waits_count_together(api: BotApi, metrics: Metrics) -> None:
    api.faults.add("too_many_requests", retry_after=1, times=9)
    with pytest.raises(Later) as caught:
        await Delivery(in_process_bot(api), metrics, 1.5).answer("1")

    assert caught.value.seconds == 1
    assert (told_to_wait(metrics), api.faults.pending()) == (2, 7)


async def test_what_telegram_keeps_refusing_is_given_up(
    api: BotApi, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.delivery.seconds", lambda _: 0.0)
    api.faults.add("too_many_requests", times=9)
    with pytest.raises(RetryAfter):
        await Delivery(in_process_bot(api), metrics).send(CHAT, SHORT, None, repeatable=True)

    assert (told_to_wait(metrics), given_up(metrics)) == (6, 1)


@pytest.mark.parametrize("kind", ["timeout", "reset_before", "reset_after", "half_body"])
async def test_only_what_may_arrive_twice_is_repeated_blindly(
    api: BotApi, metrics: Metrics, kind: str
) -> None:
    delivery = Delivery(in_process_bot(api), metrics)
    person = Person(api, CHAT)
    api.faults.add(kind)
    with pytest.raises(TimedOut if kind == "timeout" else NetworkError):
        await delivery.send(CHAT, Text("een", "een"), None, repeatable=False)
    assert given_up(metrics) == 1
    assert sum(one.text == "een" for one in person.messages) <= 1

    api.faults.add(kind)
    await delivery.send(CHAT, Text("twee", "twee"), None, repeatable=True)
    assert person.last.text == "twee"
    assert given_up(metrics) == 1


async def test_a_document_is_not_repeated_blindly(api: BotApi, metrics: Metrics) -> None:
    api.faults.add("reset_after", method="sendDocument")
    with pytest.raises(NetworkError):
        await Delivery(in_process_bot(api), metrics).send_document(CHAT, b"a", "a.pdf", "a")

    assert [one.document is not None for one in Person(api, CHAT).messages] == [False, True]


async def test_what_was_never_sent_is_sent_again(metrics: Metrics) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with over_http(f"http://127.0.0.1:{port}", metrics) as delivery:
        sending = asyncio.create_task(delivery.send(CHAT, SHORT, None, repeatable=False))
        await asyncio.sleep(0.1)  # nobody listens yet
        async with raw_server(DONE, port=port) as server:
            await sending
    assert len(server.requests) == 1
    assert given_up(metrics) == 0


@pytest.mark.parametrize(
    "answer",
    [
        http_answer(
            b'{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to '
            b'a supergroup chat","parameters":{"migrate_to_chat_id":-1001}}',
            "400 Bad Request",
        ),
        http_answer(
            b'{"ok":false,"error_code":400,'
            b'"description":"Bad Request: group chat was upgraded to a supergroup chat"}',
            "400 Bad Request",
        ),
        http_answer(
            b'{"ok":false,"error_code":403,"description":"Forbidden: user is deactivated"}',
            "403 Forbidden",
        ),
    ],
)
async def test_a_chat_that_is_no_more_is_gone(metrics: Metrics, answer: bytes) -> None:
    async with raw_server(answer) as server, over_http(server.origin, metrics) as delivery:
        with pytest.raises(Gone):
            await delivery.send(CHAT, SHORT, None, repeatable=True)

    assert len(server.requests) == 1
    assert given_up(metrics) == 0


async def test_a_call_that_is_wrong_is_given_up_at_once(metrics: Metrics) -> None:
    answer = http_answer(
        b'{"ok":false,"error_code":400,"description":"Bad Request: BUTTON_DATA_INVALID"}',
        "400 Bad Request",
    )
    async with raw_server(answer) as server, over_http(server.origin, metrics) as delivery:
        for call in (
            delivery.send(CHAT, SHORT, None, repeatable=True),
            delivery.edit(CHAT, 1, SHORT, None),
            delivery.send_document(CHAT, b"a", "a.pdf", "a"),
            delivery.answer("1"),
        ):
            with pytest.raises(BadRequest):
                await call

    assert len(server.requests) == 4
    assert given_up(metrics) == 4


async def test_a_wrong_token_is_given_up_at_once(metrics: Metrics) -> None:
    answer = http_answer(b'{"ok":false,"error_code":401,"description":"Unauthorized"}', "401 No")
    async with raw_server(answer) as server, over_http(server.origin, metrics) as delivery:
        with pytest.raises(TelegramError):
            await delivery.answer("1")

    assert (len(server.requests), given_up(metrics)) == (1, 1)
