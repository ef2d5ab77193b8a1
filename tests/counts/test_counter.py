"""Nobody waits for the counts for long, and nothing that was counted is lost."""

import asyncio
import gc
import logging
import tracemalloc
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest

from bot.counts import counter as counting
from bot.counts.counter import Counter
from bot.counts.measures import Channel
from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.store import Batch, CountsUnavailable
from bot.metrics import Metrics
from tests.counts.counting import START, Place, sums, until

SOON = 0.001  # seconds before something that failed is tried again
MARK = b"0123456789abcdef"
WEB = Channel.WEB
Made = Callable[..., Counter]


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
async def counter(place: Place) -> AsyncIterator[Counter]:
    made = Counter(place, Metrics(), SOON)
    yield made
    place.open.set()
    place.trouble = None
    await made.close()


async def done_at_once(counter: Counter, once: bytes = b"") -> bool:
    """Whether somebody who counts something goes on without waiting for anything."""
    adding = asyncio.create_task(counter.add(START, WEB, once=once))
    for _ in range(5):
        await asyncio.sleep(0)
    if adding.done():
        return True
    adding.cancel()
    return False


async def test_a_turn_is_done_when_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "counts.sqlite3"
    counter, reader = Counter(SqliteCounts(file), Metrics()), SqliteCounts(file)
    for number in range(1, 20):
        await counter.add(START, WEB, "buurtfeest-2027", number.to_bytes(16))
        assert sums(await reader.read(None)) == {"buurtfeest-2027 start": number}
    await counter.close()
    await reader.close()


async def test_what_comes_during_a_write_is_written_together(
    place: Place, counter: Counter
) -> None:
    place.open.clear()
    turns = [asyncio.create_task(counter.add(START, WEB)) for _ in range(100)]
    await until(lambda: place.asked == 1)
    turns += [asyncio.create_task(counter.add(START, WEB)) for _ in range(50)]
    await asyncio.sleep(0)
    assert not any(turn.done() for turn in turns)
    place.open.set()
    await asyncio.gather(*turns)

    # The first may be alone or with others of the same moment; nobody had a write of their own.
    assert sum(place.sizes) == 150
    assert len(place.sizes) == 2


@pytest.mark.parametrize("once", [b"", MARK])
async def test_nobody_waits_for_a_place_that_hangs(
    once: bytes, place: Place, counter: Counter
) -> None:
    place.open.clear()
    await counter.add(START, WEB, once=once)
    await asyncio.sleep(0.01)
    # What came later did not wait longer than who came first.
    assert await done_at_once(counter, once)
    place.open.set()
    await until(lambda: sum(place.sizes) == 2)


async def test_a_turn_that_can_come_again_waits_longer(place: Place, counter: Counter) -> None:
    place.open.clear()
    patient = asyncio.create_task(counter.add(START, WEB, once=MARK))
    await counter.add(START, WEB)
    assert not patient.done()
    place.open.set()
    await patient
    assert sum(place.sizes) == 2


async def test_who_breaks_off_has_been_counted(place: Place, counter: Counter) -> None:
    place.open.clear()
    for steps in range(5):
        adding = asyncio.create_task(counter.add(START, WEB))
        for _ in range(steps + 1):
            await asyncio.sleep(0)
        adding.cancel()
        await asyncio.wait([adding])
        assert adding.cancelled()
    place.open.set()
    await until(lambda: sum(place.sizes) == 5)
    await counter.add(START, WEB)
    assert sum(place.sizes) == 6


async def test_trouble_is_said_once_and_nothing_is_lost(
    place: Place, counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    place.trouble = CountsUnavailable("full")
    counter.start()
    await until(lambda: place.asked > 3)
    for _ in range(20):
        assert await done_at_once(counter, MARK)
    await until(lambda: place.asked > 6)
    assert [record.getMessage() for record in caplog.records] == [
        "the counts cannot be written (full); trying again later"
    ]
    assert place.batches == []

    place.trouble = None
    await until(lambda: sum(place.sizes) == 20)
    assert [record.getMessage() for record in caplog.records][1:] == [
        "the counts are written again"
    ]


async def test_what_failed_comes_again_as_it_was(place: Place, counter: Counter) -> None:
    seen = []
    write = place.write

    async def fail_three_times(batch: Batch) -> None:
        seen.append((batch.id, len(batch.entries)))
        if len(seen) <= 3:
            raise CountsUnavailable("unreachable")
        await write(batch)

    place.write = fail_three_times  # type: ignore[method-assign]
    for _ in range(5):
        await counter.add(START, WEB)
    await until(lambda: sum(place.sizes) == 5)

    assert len(set(seen[:4])) == 1
    assert seen[4][0] != seen[3][0]
    assert [size for _, size in seen[3:]] == place.sizes


async def test_who_waited_when_it_failed_waits_no_longer(place: Place, counter: Counter) -> None:
    place.open.clear()
    place.trouble = CountsUnavailable("unreachable")
    first = asyncio.create_task(counter.add(START, WEB, once=MARK))
    await until(lambda: place.asked == 1)
    second = asyncio.create_task(counter.add(START, WEB, once=MARK))
    await asyncio.sleep(0)
    counter._pause = 1_000.0
    place.open.set()
    await asyncio.gather(first, second)
    assert place.asked == 1


async def test_memory_is_bounded(place: Place) -> None:
    place.trouble = CountsUnavailable("full")
    metrics = Metrics()
    counter = Counter(place, metrics, pause=1_000.0)
    counter.start()
    await counter.add(START, WEB)
    most = counting._MOST_WAITING
    gc.collect()
    tracemalloc.start()
    for number in range(most // 10):
        await counter.add(START, WEB, once=number.to_bytes(16))
    took, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # All that may wait: as the comment beside the limit says.
    assert 10 * took < 35e6
    for number in range(most - most // 10 + 100):
        await counter.add(START, WEB, once=number.to_bytes(16))
    assert len(counter._waiting) == most
    assert b'errors_total{kind="counts"} 102.0' in metrics.text()

    place.trouble = None
    await counter.close()
    assert sum(place.sizes) == most
    assert max(place.sizes) == counting._MOST_TOGETHER


async def test_each_turn_counts_for_the_day_it_was_on(
    place: Place, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.trouble = CountsUnavailable("busy")
    days = [date(2027, 5, 14), date(2027, 5, 15), date(2027, 5, 13)]
    for day in days:
        monkeypatch.setattr(counting, "today", lambda day=day: day)
        await counter.add(START, WEB)
    place.trouble = None
    await until(lambda: sum(place.sizes) == 3)
    assert [entry.day for entries in place.batches for entry in entries] == days


async def test_the_end_writes_what_waits(place: Place, counter: Counter) -> None:
    place.trouble = CountsUnavailable("busy")
    counter._pause = 1_000.0
    for _ in range(3):
        await counter.add(START, WEB)
    place.trouble = None
    await counter.close()
    assert sum(place.sizes) == 3


async def test_the_end_waits_for_nothing_that_is_broken(
    place: Place, counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    place.open.clear()
    await counter.add(START, WEB)
    await counter.close()
    assert "the program ends with counts that could not be written" in caplog.text


async def test_the_end_says_nothing_when_nothing_was_counted(
    place: Place, counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    place.trouble = CountsUnavailable("unreachable")
    counter.start()
    await until(lambda: place.asked > 0)
    await counter.close()
    assert "the program ends" not in caplog.text


async def test_without_a_place_nothing_is_counted() -> None:
    counter = Counter(None, Metrics())
    counter.start()
    await counter.add(START, WEB)
    assert not counter.counting
    assert await counter.read() == ()
    await counter.close()
