"""A shared store that is slow, full, restarted or gone: never a fault, and hardly any time."""

import asyncio
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from bot.store import StoreUnavailable
from tests.bot.conftest import LONG, Said, Watch
from tests.valkey import HOST, Valkey, free_port


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
