"""What the tests of the counts have in common: things to count, and how sums are written down."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from bot.counts.measures import Channel, Count, Measure
from bot.counts.store import Batch, Entry, Row

DAY = date(2027, 5, 14)
START = (Count(Measure.START),)
END = (Count(Measure.FINISHED), Count(Measure.OUTCOME, "geen"))


def entry(
    counts: tuple[Count, ...] = START, once: bytes = b"", day: date = DAY, campaign: str = ""
) -> Entry:
    return Entry(day, campaign, Channel.TELEGRAM, counts, once)


def batch(*entries: Entry, number: int = 1) -> Batch:
    return Batch(number.to_bytes(8), entries)


def sums(rows: Iterable[Row]) -> dict[str, int]:
    """``campaign measure name`` of whatever channel and day, without what is empty."""
    said: dict[str, int] = {}
    for row in rows:
        name = " ".join(filter(None, (row.campaign, row.measure, row.name)))
        said[name] = said.get(name, 0) + row.number
    return said


async def until(happened: Callable[[], bool]) -> None:
    while not happened():
        await asyncio.sleep(0.005)


class Place:
    """Keeps batches in a list, as slowly as it is told and as long as it is not broken."""

    def __init__(self) -> None:
        self.batches: list[Sequence[Entry]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.trouble: Exception | None = None
        self.asked = 0

    async def write(self, batch: Batch) -> None:
        self.asked += 1
        await self.open.wait()
        if self.trouble is not None:
            raise self.trouble
        if batch.entries:
            self.batches.append(batch.entries)

    async def read(self, since: date | None) -> Sequence[Row]:
        return ()

    async def close(self) -> None:
        """There is nothing to close."""

    @property
    def sizes(self) -> list[int]:
        return [len(entries) for entries in self.batches]
