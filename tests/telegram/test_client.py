"""The HTTP client of the bot against a real server that misbehaves."""

import asyncio
import gzip
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.client import AiohttpRequest, NeverSent, NoAnswer
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.telegram.raw_server import http_answer, raw_server

CHAT = 5
TOKEN = "123456:SECRET-token_09"
ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"a","username":"b"}}'
DONE = b'{"ok":true,"result":{"message_id":1}}'


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer(TOKEN) as running:
        Person(running, CHAT).say("a")
        yield running


@pytest.fixture(autouse=True)
def silent(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    for record in caplog.get_records("call"):
        # The library and the emulator write whole addresses; see bot.log.
        if record.name.partition(".")[0] in {"aiohttp", "asyncio", "bot"}:
            assert TOKEN not in record.getMessage()


@asynccontextmanager
async def bot_at(origin: str, request: AiohttpRequest | None = None) -> AsyncIterator[Bot]:
    request = request or AiohttpRequest()
    bot = Bot(TOKEN, f"{origin}/bot", request=request, get_updates_request=request)
    await request.initialize()
    try:
        yield bot
    finally:
        await request.shutdown()


def shown(error: BaseException) -> str:
    """All that a log could show of an error, and of what hangs on it."""
    text = "".join(traceback.format_exception(error))
    for one in (error, error.__cause__, error.__context__):
        if one is not None:
            text += f"{one!s} {one!r} {one.args!r} {vars(one)!r}"
        if one is not None and one is not error:
            text += shown(one)
    return text


@pytest.mark.parametrize(
    ("kind", "error", "cause", "arrived"),
    [
        ("too_many_requests", RetryAfter, type(None), False),
        ("server_error", NetworkError, type(None), False),
        ("bad_gateway", NetworkError, TelegramError, False),
        ("timeout", TimedOut, NoAnswer, False),
        ("slow", TimedOut, NoAnswer, True),
        ("reset_before", NetworkError, NoAnswer, False),
        ("reset_after", NetworkError, NoAnswer, True),
        ("half_body", NetworkError, NoAnswer, True),
    ],
)
async def test_a_fault_is_the_error_that_the_library_has_for_it(
    server: BotApiServer,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    error: type[TelegramError],
    cause: type[object],
    arrived: bool,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    person = Person(server, CHAT)
    server.faults.add(kind, method="sendMessage", delay=0.5)
    patience = 0.2 if error is TimedOut else 30
    async with bot_at(server.url) as bot:
        with pytest.raises(error) as caught:
            await bot.send_message(CHAT, "b", read_timeout=patience)
        assert type(caught.value) is error
        assert isinstance(caught.value.__cause__, cause)
        assert TOKEN not in shown(caught.value)
        assert [one.text for one in person.messages] == ["a", "b"][: 1 + arrived]
        await bot.send_message(CHAT, "c")
    assert person.last.text == "c"


PAGE = f"<p>No page /bot{TOKEN}/sendMessage here</p>".encode()


@pytest.mark.parametrize(
    ("answer", "error", "cause"),
    [
        (http_answer(PAGE, "404 Not Found"), InvalidToken, TelegramError),
        (http_answer(PAGE, "502 Bad Gateway"), NetworkError, TelegramError),
        (http_answer(PAGE, "504 Gateway Timeout"), TimedOut, NoAnswer),
        (http_answer(PAGE), NetworkError, NoAnswer),
        (http_answer(DONE[:-2] + b" " * 5_000_000 + DONE[-2:]), NetworkError, NoAnswer),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{", NetworkError, NoAnswer),
        (http_answer(b"", "302 Found", "Location: /elsewhere"), NetworkError, TelegramError),
        (
            http_answer(gzip.compress(DONE), "200 OK", "Content-Encoding: gzip"),
            NetworkError,
            NoAnswer,
        ),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + DONE[:-3], NetworkError, NoAnswer),
        (b"SSH-2.0-OpenSSH_9.2\r\n", NetworkError, NoAnswer),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
            NetworkError,
            NoAnswer,
        ),
    ],
)
async def test_an_answer_that_is_not_of_the_bot_api(
    answer: bytes, error: type[TelegramError], cause: type[object]
) -> None:
    async with raw_server(answer, hang_up=True) as server, bot_at(server.origin) as bot:
        with pytest.raises(error) as caught:
            await bot.send_message(CHAT, "a")
        assert type(caught.value) is error
        assert isinstance(caught.value.__cause__, cause)
        assert TOKEN not in shown(caught.value)
        assert len(server.requests) == 1


async def test_the_kind_of_content_does_not_matter() -> None:
    answer = http_answer(ME, "200 OK", "Content-Type: text/plain")
    async with raw_server(answer) as server, bot_at(server.origin) as bot:
        assert (await bot.get_me()).username == "b"


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


async def test_who_was_never_reached_did_nothing() -> None:
    async with raw_server(DONE) as plain:
        encrypted = plain.origin.replace("http", "https")
        refused = f"http://127.0.0.1:{unused_port()}"
        for origin in (refused, "http://telegram.invalid", encrypted):
            async with bot_at(origin) as bot:
                with pytest.raises(NetworkError) as caught:
                    await bot.send_message(CHAT, "a", connect_timeout=0.5, pool_timeout=0.5)
            assert isinstance(caught.value.__cause__, NeverSent)
            assert TOKEN not in shown(caught.value)


async def test_a_call_that_found_no_free_connection_was_not_made(server: BotApiServer) -> None:
    server.faults.add("slow", method="sendMessage", delay=5)
    async with bot_at(server.url, AiohttpRequest(1)) as bot:
        first = asyncio.create_task(bot.send_message(CHAT, "first"))
        await Person(server, CHAT).wait_async(lambda one: one.last.text == "first")
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(CHAT, "second", pool_timeout=0.1, connect_timeout=0.1)
        first.cancel()
    assert isinstance(caught.value.__cause__, NeverSent)
    assert TOKEN not in shown(caught.value)


async def test_only_what_nobody_reads_is_left_out(server: BotApiServer) -> None:
    person = Person(server, CHAT)
    async with bot_at(server.url) as bot:
        for answer in (
            await bot.send_message(CHAT, "b"),
            await bot.edit_message_text("c", CHAT, 2),
            await bot.send_document(CHAT, bytes(range(256)), caption="é", filename='r"é.pdf'),
        ):
            assert answer is True
        assert (await bot.get_me()).username == "test_bot"
        assert (await bot.get_updates(timeout=1))[0].message is not None
    assert [one.text for one in person.messages] == ["a", "c", "é"]
    assert person.last.document is not None
    assert person.last.document.content == bytes(range(256))
    assert person.last.document.name == 'r"é.pdf'
    assert server.violations == []


async def test_connections_are_kept_and_shared(server: BotApiServer) -> None:
    async with raw_server(http_answer(DONE, "200 OK", "Set-Cookie: a=b")) as raw:
        async with bot_at(raw.origin) as bot:
            for _ in range(5):
                await bot.send_message(CHAT, "a")
        assert raw.connections == 1
        assert len(raw.requests) == 5
        assert b"cookie" not in raw.requests[-1].lower()
    async with bot_at(server.url) as bot:
        await asyncio.gather(*(bot.send_message(CHAT, str(number)) for number in range(50)))
    texts = {one.text for one in Person(server, CHAT).messages}
    assert texts == {"a", *map(str, range(50))}


async def test_it_can_be_closed_and_used_again(server: BotApiServer) -> None:
    request = AiohttpRequest()
    bot = Bot(TOKEN, f"{server.url}/bot", request=request, get_updates_request=request)
    with pytest.raises(NetworkError, match="not initialised"):
        await bot.get_me()
    for _ in range(2):
        async with bot:
            await bot.send_message(CHAT, "b")
    await request.shutdown()
    with pytest.raises(NetworkError, match="shut down"):
        await bot.get_me()
    assert len(server.calls_of("sendMessage")) == 2


async def test_a_proxy_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    async with raw_server(http_answer(ME)) as proxy, raw_server(http_answer(ME)) as direct:
        monkeypatch.setenv("HTTP_PROXY", proxy.origin)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        async with bot_at("http://telegram.invalid") as bot:
            await bot.get_me()
        async with bot_at(direct.origin) as bot:
            await bot.get_me()
    assert len(proxy.requests) == len(direct.requests) == 1
    assert proxy.requests[0].startswith(b"POST http://telegram.invalid/bot")


async def test_a_limit_of_a_call_goes_before_the_usual_one(server: BotApiServer) -> None:
    request = AiohttpRequest(read_timeout=0.1)
    assert request.read_timeout == 0.1
    server.faults.add("slow", delay=0.4, times=2)
    async with bot_at(server.url, request) as bot:
        await bot.get_me(read_timeout=None)
        with pytest.raises(TimedOut):
            await bot.get_me()
