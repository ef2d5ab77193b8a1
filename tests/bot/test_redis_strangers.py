"""Where the store should be there is something else: no address, other data, no Redis at all."""

import asyncio
from pathlib import Path

import pytest

from bot.redis_pool import PREFIX
from bot.redis_store import RedisStore
from bot.store import StoreUnavailable
from tests.bot.conftest import LONG, Said, Watch
from tests.valkey import HOST, Valkey, free_port

OTHER = "a-wrong-password"


async def test_the_right_password_opens_and_a_wrong_one_is_never_shown(
    watch: Watch, said: Said
) -> None:
    with Valkey(password="right") as server:
        await watch(server.address).works()
        await watch(f"redis://default:right@{HOST}:{server.port}/3").works()
        assert said() == []
        for address in (f"redis://:{OTHER}@{HOST}:{server.port}", f"redis://{HOST}:{server.port}"):
            watched = watch(address)
            await watched.fails()
            [(level, line)] = said()
            assert level == "WARNING"
            assert OTHER not in line


async def test_something_else_at_the_key_is_nothing_and_is_written_over(
    watch: Watch, said: Said
) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        with server.client() as client:
            client.rpush(f"{PREFIX}list", "x")
            client.set(f"{PREFIX}bytes", b"\xff\xfe\x00")
            client.set(f"{PREFIX}bytes after a stamp", b"1795807000000000 \xff\xfe\x00")

            for key in ("list", "bytes", "bytes after a stamp"):
                assert await watched.store.get(key) is None
                await watched.works(key)
    assert said() == []


ANSWERS = {
    "a web server": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "no length": b"$abc\r\n",
    "a length below zero": b"$-7\r\nx\r\n",
    "a length that is too long": b"$99999999999\r\nx\r\n",
    "half an answer": b"$10\r\nabc",
    "half a line": b"+O",
    "a list": b"*1\r\n$1\r\na\r\n",
    "lists in lists": b"*1\r\n" * 20_000 + b"\r\n",
    "a number": b":12\r\n",
    "a number that is none": b":x\r\n",
    "an error without words": b"-\r\n",
    "an error": b"-WHAT is this\r\n",
    "still loading": b"-LOADING Valkey is loading the dataset in memory\r\n",
    "no text": b"+\xff\xfe\r\n",
    "an empty line": b"\r\n",
    "nonsense": bytes(range(256)) * 40,
    "nothing": b"",
}


@pytest.mark.parametrize("hangs_up", [True, False])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_whatever_answers_nothing_else_comes_out(
    answer: bytes, hangs_up: bool, watch: Watch
) -> None:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.read(10_000):
                writer.write(answer)
                await writer.drain()
                if hangs_up:
                    break
        except ConnectionError:
            pass
        writer.close()

    async with await asyncio.start_server(reply, HOST, 0) as server:
        watched = watch(f"redis://{HOST}:{server.sockets[0].getsockname()[1]}")
        for _ in range(3):
            try:
                assert isinstance(await watched.store.get("a"), str | None)
                await watched.store.put("a", "1")
                await watched.store.delete("a")
            except StoreUnavailable:
                pass
            watched.clock.now += LONG
        await watched.store.close()


async def test_a_socket_file_and_a_database_can_be_given(tmp_path: Path, watch: Watch) -> None:
    socket = str(tmp_path / "valkey.sock")
    with Valkey(unixsocket=socket) as server, server.client() as client:
        await watch(f"unix://{socket}?db=2").works("by file")
        await watch(f"{server.address}/5").works("by number")
        assert client.info("keyspace").keys() == {"db2", "db5"}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "redis",
        "redis:",
        "redis://",
        "redis:///0",
        "redis://:6379",
        "redis://host:port_that_is_no_number",
        "redis://:half/secret@host:6379",
        "redis://host:99999",
        "redis://host/one",
        "redis://host/1/2",
        "redis://host?db=x",
        "redis://host?socket_timeout=99",
        "redis://host?max_connections=1000",
        "redis://host?ssl_cert_reqs=none",
        "redis://host?retry=1",
        "rediss://host?ssl_cert_reqs=perhaps",
        "rediss://host?ssl_what=x",
        "redis://[::1",
        "unix://",
        "http://host",
    ],
)
def test_an_address_that_can_never_work_is_refused_without_showing_it(address: str) -> None:
    with pytest.raises(ValueError, match="not an address of a store") as refused:
        RedisStore(address)

    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


async def test_a_host_without_an_address_is_an_unavailable_store(watch: Watch) -> None:
    await watch("redis://no-such-host.invalid").fails()
    await watch(f"redis://{'x' * 70}.invalid").fails()
    await watch("unix:///no/such/socket").fails()
    await watch(f"rediss://{HOST}:{free_port()}").fails()
