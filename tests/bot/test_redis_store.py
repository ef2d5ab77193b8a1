"""A shared store that is slow, full, restarted or gone: never a fault, and hardly any time."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from pathlib import Path

import pytest

from bot.redis_pool import PREFIX
from bot.redis_store import RedisStore
from bot.store import StoreUnavailable
from tests.bot.clock import Clock
from tests.valkey import HOST, Valkey, free_port

LONG = 100.0  # seconds, longer than any pause
OTHER = "a-wrong-password"


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


@pytest.fixture
async def watch() -> AsyncIterator[Callable[[str], Watched]]:
    made: list[Watched] = []

    def watched(address: str) -> Watched:
        made.append(Watched(address))
        return made[-1]

    yield watched
    for one in made:
        await one.store.close()


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Callable[[], list[tuple[str, str]]]:
    """What was logged since it was asked last: level and line."""
    caplog.set_level(logging.INFO, "bot")

    def lines() -> list[tuple[str, str]]:
        found = [(record.levelname, record.getMessage()) for record in caplog.records]
        caplog.clear()
        return found

    return lines


Watch = Callable[[str], Watched]
Said = Callable[[], list[tuple[str, str]]]


async def test_it_may_start_later_than_we_do(watch: Watch, said: Said) -> None:
    server = Valkey()
    watched = watch(server.address)
    await watched.fails()
    assert said() == [("WARNING", "the store is unavailable: ConnectionError")]
    with server:
        watched.clock.now += LONG
        await watched.works()
        assert said() == [("INFO", "the store is back")]


@pytest.mark.parametrize("end", [Valkey.stop, Valkey.kill])
async def test_it_may_be_restarted(end: Callable[[Valkey], None], watch: Watch, said: Said) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await watched.works()
        end(server)
        await watched.fails()
        await watched.fails()
        assert [level for level, _ in said()] == ["WARNING"]
        assert watched.troubles == 4
        server.start()
        watched.clock.now += LONG

        assert await watched.store.get("a") is None
        await watched.works()
        assert said() == [("INFO", "the store is back")]


async def test_a_restart_that_nobody_noticed_costs_nothing(watch: Watch, said: Said) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await asyncio.gather(*(watched.store.put(str(n), "1") for n in range(50)))
        server.kill()
        server.start()

        await asyncio.gather(*(watched.store.put(str(n), "1") for n in range(50)))
        await watched.works()
    assert said() == []


async def test_a_connection_that_was_cut_costs_nothing(watch: Watch, said: Said) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await watched.works()
        with server.client() as client:
            client.client_kill_filter(_type="normal", skipme=True)

        await watched.works()
    assert said() == []


async def test_a_slow_server_costs_one_call_half_a_second(watch: Watch, said: Said) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await watched.works()
        server.pause()
        began = time.monotonic()
        results = await asyncio.gather(
            *(watched.store.get("a") for _ in range(500)), return_exceptions=True
        )
        for _ in range(500):
            await watched.fails()
        took = time.monotonic() - began
        assert [level for level, _ in said()] == ["WARNING"]
        server.resume()
        # Those that failed together count as one failure, so this is the shortest pause.
        watched.clock.now += 1.0
        await watched.works()

    assert {type(result) for result in results} == {StoreUnavailable}
    # Waiting half a second for each of them would take minutes.
    assert took < 30
    assert watched.troubles == 1_500


async def test_a_server_is_not_blamed_when_we_are_slow_ourselves(watch: Watch, said: Said) -> None:
    with Valkey() as server:
        await watch(f"{server.address}/1").works()
        watched = watch(f"{server.address}/1")
        asking = asyncio.create_task(watched.store.get("a"))
        await asyncio.sleep(0)
        time.sleep(1)  # this holds everybody up, in the middle of connecting

        assert await asking == "1"
    assert said() == []


async def test_an_answer_that_came_too_late_is_nobodys_answer(watch: Watch) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await watched.store.put("a", "of a")
        await watched.store.put("b", "of b")
        server.pause()
        with pytest.raises(StoreUnavailable):
            await watched.store.get("a")
        server.resume()
        watched.clock.now += LONG

        assert await watched.store.get("b") == "of b"


async def test_while_one_tries_the_others_do_not_wait(watch: Watch) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await watched.works()
        server.pause()
        with pytest.raises(StoreUnavailable):
            await watched.store.get("a")
        watched.clock.now += LONG

        done, trying = await asyncio.wait(
            [asyncio.create_task(watched.store.get("a")) for _ in range(20)],
            return_when=asyncio.FIRST_COMPLETED,
        )
        assert (len(done), len(trying)) == (19, 1)
        server.resume()
        await asyncio.wait(trying)
        results = {type(task.exception()) for task in done}
        assert results == {StoreUnavailable}


async def test_a_server_that_stays_away_is_tried_ever_less_often(watch: Watch) -> None:
    asked: list[float] = []

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(watched.clock.now)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(hang_up, HOST, 0) as server:
        watched = watch(f"redis://{HOST}:{server.sockets[0].getsockname()[1]}")
        for _ in range(600):
            with pytest.raises(StoreUnavailable):
                await watched.store.get("a")
            watched.clock.now += 0.125

    tries = list(dict.fromkeys(asked))
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]


async def test_a_full_server_has_nothing_out_of_date_and_is_said_once(
    watch: Watch, said: Said
) -> None:
    with Valkey(maxmemory_policy="noeviction") as server:
        watched = watch(server.address)
        await watched.works()
        with server.client() as client:
            client.config_set("maxmemory", "1")
            assert await watched.store.get("a") == "1"
            for _ in range(3):
                with pytest.raises(StoreUnavailable):
                    await watched.store.put("a", "2")
                assert await watched.store.get("a") is None
            assert said() == [("WARNING", "the store is unavailable: OutOfMemoryError")]
            client.config_set("maxmemory", "0")

        await watched.works()
        assert said() == [("INFO", "the store is back")]


async def test_what_could_not_be_put_is_taken_away_for_others_too(watch: Watch) -> None:
    with Valkey() as server:
        watched, other = watch(server.address), watch(server.address)
        await watched.works()
        server.pause()
        await watched.fails()
        server.resume()
        assert await other.store.get("a") == "1"
        watched.clock.now += LONG

        while await other.store.get("a") is not None:
            await asyncio.sleep(0.01)
        await watched.works()


async def test_what_a_slow_server_still_puts_is_taken_away(watch: Watch) -> None:
    with Valkey() as server:
        watched, other = watch(server.address), watch(server.address)
        await watched.works()
        server.pause()
        with pytest.raises(StoreUnavailable):
            await watched.store.put("a", "late")
        server.resume()
        while await other.store.get("a") != "late":
            await asyncio.sleep(0.01)
        watched.clock.now += LONG

        while await other.store.get("a") is not None:
            await asyncio.sleep(0.01)


async def test_what_others_put_since_is_not_taken_away(watch: Watch) -> None:
    with Valkey() as server:
        watched, other = watch(server.address), watch(server.address)
        for key in ("asked for", "newer", "older"):
            await watched.works(key)
        server.pause()
        for key in ("asked for", "newer", "older"):
            await watched.fails(key)
        server.resume()
        for key in ("asked for", "newer"):
            await other.store.put(key, "2")
        watched.clock.now += LONG

        assert await watched.store.get("asked for") == "2"
        while await other.store.get("older") is not None:
            await asyncio.sleep(0.01)
        assert await other.store.get("newer") == "2"


async def test_a_long_turn_stays_alone(watch: Watch) -> None:
    with Valkey() as server:
        watched, other = watch(server.address), watch(server.address)
        ended: list[str] = []

        async def wait_for_it() -> None:
            async with other.store.alone("a"):
                ended.append("other")

        async with watched.store.alone("a"):
            waiting = asyncio.create_task(wait_for_it())
            with server.client() as client:
                # Renewed three times: without that it would have ended within five seconds.
                while client.info("commandstats").get("cmdstat_pexpire", {"calls": 0})["calls"] < 3:
                    await asyncio.sleep(0.05)
            ended.append("first")
        await waiting

    assert ended == ["first", "other"]


async def test_a_turn_that_others_did_not_wait_for_puts_nothing(watch: Watch) -> None:
    with Valkey() as server:
        watched, other = watch(server.address), watch(server.address)
        async with watched.store.alone("a"):
            await watched.store.put("a", "1")
            watched.clock.now += LONG
            await other.store.put("a", "2")
            await watched.store.put("a", "1")

        assert await other.store.get("a") == "2"
        await watched.works()


async def test_a_copy_that_is_only_to_be_read_from(watch: Watch, said: Said) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await watched.works()
        with server.client() as client:
            client.config_set("replica-serve-stale-data", "yes")
            client.replicaof(HOST, str(free_port()))
        assert await watched.store.get("a") == "1"
        with pytest.raises(StoreUnavailable):
            await watched.store.put("a", "2")
        with pytest.raises(StoreUnavailable):
            await watched.store.delete("a")

    assert said() == [("WARNING", "the store is unavailable: ReadOnlyError")]


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


async def test_a_conversation_that_is_broken_off_leaves_nothing_behind(watch: Watch) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await watched.store.put("a", "of a")
        await watched.store.put("b", "of b")
        for turns in range(40):
            task = asyncio.create_task(watched.store.get("a"))
            for _ in range(turns % 8):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])

            assert await watched.store.get("b") == "of b"
        with server.client() as client:
            assert len(client.client_list()) < 10


async def test_closing_ends_all_connections_also_of_a_slow_server(watch: Watch) -> None:
    with Valkey() as server:
        watched = watch(server.address)
        await asyncio.gather(*(watched.store.get("a") for _ in range(50)))
        server.pause()
        await watched.store.close()
        server.resume()
        with server.client() as client:
            assert len(client.client_list()) == 1


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
