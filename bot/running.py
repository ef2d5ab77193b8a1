"""Runs services in one loop until they are told to stop, with what they have in common."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.campaigns.campaigns import Campaigns
from bot.counts.counter import Counter
from bot.counts.texts import CountTexts
from bot.log import log_stray
from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.report.queue import ReportQueue
from bot.stopping import Stopping
from bot.store import MemoryStore, Store, StoreUnavailable

Service = Callable[[Stopping], Awaitable[None]]
_FORGET_EVERY = 600.0  # seconds


@dataclass(frozen=True, slots=True)
class Shared:
    """What the services of one process have in common."""

    metrics: Metrics
    readiness: Readiness
    reports: ReportQueue | None
    store: Store
    campaigns: Campaigns
    counter: Counter
    count_texts: CountTexts


async def run_until_told(
    services: Sequence[Service], shared: Shared, listener: socket.socket | None
) -> None:
    """Until SIGTERM, SIGINT or the end of one of them. ``listener``: for who keeps the machine."""
    shared.counter.start()
    # These look after the services, from before they start until after they have ended.
    beside = [asyncio.create_task(_look_after(shared))]
    if listener is not None:
        from bot.web import management

        app = management.application(shared.metrics, shared.readiness)
        beside.append(asyncio.create_task(management.serve(app, listener)))
    try:
        await _until_told(services, shared.readiness)
    finally:
        for task in beside:
            task.cancel()
        await asyncio.wait(beside)
        await shared.counter.close()
        await shared.store.close()


async def _look_after(shared: Shared) -> None:
    """Find out at once whether the store is there, and let one in memory forget."""
    store = shared.store
    if not isinstance(store, MemoryStore):
        with suppress(StoreUnavailable):
            await store.get("start")
            shared.readiness.tell("store", "ok")
        return
    while True:
        await asyncio.sleep(_FORGET_EVERY)
        store.forget_old()


async def _until_told(services: Sequence[Service], readiness: Readiness) -> None:
    stopping = Stopping(readiness)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(log_stray)
    loop.add_signal_handler(signal.SIGTERM, stopping.gently)
    loop.add_signal_handler(signal.SIGINT, stopping.at_once)
    tasks = [asyncio.ensure_future(service(stopping)) for service in services]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    if not stopping.told.is_set():
        stopping.at_once()
    await asyncio.wait(tasks)
    for task in tasks:
        task.result()
