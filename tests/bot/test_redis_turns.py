"""Processes share a store: nobody goes on from something older, and turns wait for each other."""

import asyncio

import pytest

from bot.store import StoreUnavailable
from tests.bot.conftest import LONG, Watch
from tests.valkey import Valkey


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
