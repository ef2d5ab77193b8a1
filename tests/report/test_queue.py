"""Reports are made one at a time, and nobody waits for ever."""

import asyncio
from threading import Event, Lock

import pytest

from bot.report.queue import ReportQueue, TooManyReports
from dialogues.state import NEW, Conversation


async def test_only_one_is_made_at_a_time() -> None:
    busy = Lock()

    def make(conversation: Conversation) -> bytes:
        assert busy.acquire(blocking=False)
        busy.release()
        return b"%PDF-"

    queue = ReportQueue(make)

    assert await asyncio.gather(*(queue.made(NEW) for _ in range(20))) == [b"%PDF-"] * 20


async def test_beyond_a_number_who_asks_is_told_to_come_back() -> None:
    go_on = Event()

    def make(conversation: Conversation) -> bytes:
        go_on.wait()
        return b"%PDF-"

    queue = ReportQueue(make)
    waiting = [asyncio.ensure_future(queue.made(NEW)) for _ in range(100)]
    await asyncio.sleep(0)
    go_on.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)

    refused = [result for result in results if isinstance(result, TooManyReports)]
    assert 0 < len(refused) < 100
    assert results.count(b"%PDF-") == 100 - len(refused)
    assert await queue.made(NEW) == b"%PDF-"


async def test_a_report_that_fails_does_not_block_the_next() -> None:
    def make(conversation: Conversation) -> bytes:
        if conversation == NEW:
            raise RuntimeError
        return b"%PDF-"

    queue = ReportQueue(make)
    for _ in range(100):
        with pytest.raises(RuntimeError):
            await queue.made(NEW)

    assert await queue.made(Conversation()) == b"%PDF-"
