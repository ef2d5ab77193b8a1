"""The sums in one SQLite file, which processes on the same machine may share.

What was written survives the end of the process, however it comes. A COMMIT that fails has not
happened, so a batch needs no mark of its own. A thread does the work, because a disk can be slow.
A file that is damaged or somebody else's is never written to.
"""

import asyncio
import sqlite3
from collections import Counter as Sums
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import TypeVar

from bot.counts.sqlite_file import (
    identity,
    open_to_read,
    open_to_write,
    touch,
    transaction,
    trouble_of,
)
from bot.counts.store import Batch, CountsUnavailable, Entry, Row
from bot.counts.worker import Worker

_GOODBYE = 1.0  # seconds for a disk that is slow
_MARKS_KEPT = timedelta(days=1)  # besides today; Telegram brings an update again for a day
# One statement for many rows: the thread gives way before and after each statement, and may then
# have to wait for a loop that is busy. SQLite may have been made to take no more than 999 values.
_TOGETHER = 150
_KNOWN = "SELECT mark FROM marks WHERE mark IN ({})"
_MARK = "INSERT OR IGNORE INTO marks VALUES {}"
_ADD = "INSERT INTO sums VALUES {} ON CONFLICT DO UPDATE SET number = number + excluded.number"
T = TypeVar("T")


class SqliteCounts:
    """The file is made at the first write, with its folder; only its owner may read it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._worker = Worker("counts")
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._pruned = date.min

    async def write(self, batch: Batch) -> None:
        await self._worker.do(lambda: self._judged(lambda: self._write(batch)))

    async def read(self, since: date | None) -> Sequence[Row]:
        return await self._worker.do(lambda: self._judged(lambda: self._read(since)))

    async def close(self) -> None:
        with suppress(sqlite3.Error, TimeoutError):
            async with asyncio.timeout(_GOODBYE):
                await self._worker.do(self._disconnect)
        self._worker.end()

    def _judged(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except (sqlite3.Error, OSError) as error:
            with suppress(sqlite3.Error):
                self._disconnect()
            raise CountsUnavailable(trouble_of(error)) from None

    def _write(self, batch: Batch) -> None:
        connection = self._kept_open()
        if connection is None:
            connection = self._connection = open_to_write(self._path)
            self._identity = identity(self._path)
        with transaction(connection, "BEGIN IMMEDIATE"):
            if not batch.entries:
                touch(connection)
            sums = Sums[tuple[str, ...]]()
            for entry in _new(connection, batch.entries):
                sums.update(_keys(entry))
            for some in _in_parts([(*key, number) for key, number in sums.items()]):
                add = _ADD.format(_places("(?, ?, ?, ?, ?, ?)", some))
                connection.execute(add, [*chain.from_iterable(some)])
            self._prune(connection, batch)

    def _prune(self, connection: sqlite3.Connection, batch: Batch) -> None:
        """Marks go when Telegram cannot bring their update any more."""
        latest = max((entry.day for entry in batch.entries), default=date.min)
        if latest > self._pruned:
            oldest = (latest - _MARKS_KEPT).isoformat()
            connection.execute("DELETE FROM marks WHERE day < ?", (oldest,))
            self._pruned = latest

    def _read(self, since: date | None) -> Sequence[Row]:
        connection = self._kept_open() or open_to_read(self._path)
        if connection is None:
            return ()
        try:
            rows = connection.execute(
                "SELECT * FROM sums WHERE day >= ? ORDER BY day, campaign, channel, measure, name",
                ("" if since is None else since.isoformat(),),
            ).fetchall()
        finally:
            if connection is not self._connection:
                connection.close()
        return tuple(_row(*row) for row in rows)

    def _kept_open(self) -> sqlite3.Connection | None:
        """What was opened before, unless somebody has put the file aside since then."""
        if self._connection is not None and identity(self._path) != self._identity:
            self._disconnect()
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _new(connection: sqlite3.Connection, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Those that were not counted before, with their marks written."""
    marked: dict[bytes, Entry] = {}
    for entry in entries:
        if entry.once:
            marked.setdefault(entry.once, entry)
        else:
            yield entry
    for some in _in_parts([(mark, entry.day.isoformat()) for mark, entry in marked.items()]):
        marks = [mark for mark, _ in some]
        for [mark] in connection.execute(_KNOWN.format(_places("?", some)), marks).fetchall():
            del marked[mark]
        insert = _MARK.format(_places("(?, ?)", some))
        connection.execute(insert, [*chain.from_iterable(some)])
    yield from marked.values()


def _in_parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), _TOGETHER):
        yield rows[start : start + _TOGETHER]


def _places(each: str, rows: Sequence[object]) -> str:
    return ", ".join([each] * len(rows))


def _keys(entry: Entry) -> Iterator[tuple[str, ...]]:
    day = entry.day.isoformat()
    for count in entry.counts:
        yield day, entry.campaign, entry.channel, count.measure, count.name


def _row(*found: object) -> Row:
    """Raises CountsUnavailable for what we never wrote; SQLite itself checks no types."""
    match found:
        case str(day), str(campaign), str(channel), str(measure), str(name), int(number):
            with suppress(ValueError):
                return Row(date.fromisoformat(day), campaign, channel, measure, name, number)
    raise CountsUnavailable("strange")
