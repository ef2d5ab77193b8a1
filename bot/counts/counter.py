"""Counts what people do, without ever holding them up.

What comes at about the same time is written together, so that counting costs little where there is
much to count. A turn waits until it has been written: only then Telegram hears that its update was
handled, and a crash before that brings it again. Nobody waits for a place that is slow or broken:
the sums stay in memory then, and are tried again by and by.
"""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from bot.counts.measures import Channel, Count
from bot.counts.store import Batch, CountStore, CountsUnavailable, Entry, Row
from bot.dates import today
from bot.metrics import Metrics

_PATIENCE = 0.25  # seconds that somebody waits for a page
# Seconds for what can come again. Who sent it has had the reply: only what they do next waits.
_LONG_PATIENCE = 2.0
# Rounds of the loop that this waits for others, because each write costs two changes of thread. A
# loop that is idle has had them at once; in one that is busy, others come meanwhile.
_GATHER = 5
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 10.0  # seconds before something that failed is tried again
_LAST_TRY = 1.0  # seconds at the end
_MOST_WAITING = 100_000  # turns that are kept in memory, in about 35 MB
_MOST_TOGETHER = 5_000  # turns, so that a write takes no longer than a store allows
_BATCH_ID = 8  # bytes

_log = logging.getLogger(__name__)
_Written = asyncio.Future[None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """``written``: who waits for it; None when nobody does."""

    entry: Entry
    written: _Written | None


class Counter:
    """One for each process. Without a store nothing is counted."""

    def __init__(
        self, store: CountStore | None, metrics: Metrics, pause: float = _FIRST_PAUSE
    ) -> None:
        """``pause``: seconds before something that failed is tried again; it grows each time."""
        self._store = store
        self._metrics = metrics
        self._first_pause = self._pause = pause
        self._waiting: list[_Waiting] = []
        self._failed: Batch | None = None
        self._in_trouble = False
        self._closing = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None
        self._begun = 0.0
        self._gathering: asyncio.Handle | None = None
        self._hurry = False

    @property
    def counting(self) -> bool:
        return self._store is not None

    def start(self) -> None:
        """Find out at once whether anything can be written."""
        if self._store is not None:
            self._failed = Batch(b"", ())
            self._write_now()

    async def add(
        self, counts: Sequence[Count], channel: Channel, campaign: str = "", once: bytes = b""
    ) -> None:
        """Add to the sums of today; done when it is written, or when that takes too long.

        ``once``: a mark; what comes with the same mark within a day counts one time. Never raises,
        and who breaks it off has been counted all the same.
        """
        if self._store is None or not counts:
            return
        if len(self._waiting) >= _MOST_WAITING:
            self._metrics.failed("counts")
            return
        entry = Entry(today(), campaign, channel, tuple(counts), once)
        patience = self._patience(once)
        if patience <= 0:
            self._waiting.append(_Waiting(entry, None))
            self._write_now()
            return
        loop = asyncio.get_running_loop()
        written = loop.create_future()
        self._waiting.append(_Waiting(entry, written))
        if not once:
            self._write_now()
        elif self._gathering is None:
            self._gather(_GATHER)
        timer = loop.call_later(patience, _tell, written)
        try:
            await written
        finally:
            timer.cancel()

    def _patience(self, once: bytes) -> float:
        """Seconds to wait. What is being written now goes first, and may be taking long already."""
        if self._in_trouble:
            return 0.0
        patience = _LONG_PATIENCE if once else _PATIENCE
        if self._writing is None or self._writing.done():
            return patience
        return self._begun + patience - asyncio.get_running_loop().time()

    async def read(self, since: date | None = None) -> Sequence[Row]:
        """The sums of that day and later ones; without a day, all. Raises CountsUnavailable."""
        return () if self._store is None else await self._store.read(since)

    async def close(self) -> None:
        """Write what is still waiting, if that can be done in a moment."""
        if self._store is None:
            return
        self._closing.set()
        self._write_now()
        assert self._writing is not None  # noqa: S101 it has just begun
        _, unfinished = await asyncio.wait({self._writing}, timeout=_LAST_TRY)
        self._writing.cancel()
        if unfinished or self._waiting or (self._failed and self._failed.entries):
            _log.error("the program ends with counts that could not be written")
        await self._store.close()

    def _write_now(self) -> None:
        """Write what waits, or go on with it after what is being written."""
        self._hurry = True
        self._gather_no_more()
        if self._writing is None or self._writing.done():
            self._begun = asyncio.get_running_loop().time()
            self._writing = asyncio.create_task(self._write())

    def _gather(self, rounds: int) -> None:
        if not rounds:
            self._write_now()
            return
        self._gathering = asyncio.get_running_loop().call_soon(self._gather, rounds - 1)

    def _gather_no_more(self) -> None:
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None

    def _next(self) -> tuple[Batch, Sequence[_Written]] | None:
        """What failed goes first, and as it was: its place may have it without our knowing."""
        if self._failed is not None:
            return self._failed, ()
        if not self._hurry or not self._waiting:
            return None
        together = self._waiting[:_MOST_TOGETHER]
        del self._waiting[:_MOST_TOGETHER]
        self._hurry = bool(self._waiting)
        self._gather_no_more()
        batch = Batch(secrets.token_bytes(_BATCH_ID), [each.entry for each in together])
        return batch, [each.written for each in together if each.written is not None]

    async def _write(self) -> None:
        assert self._store is not None  # noqa: S101 otherwise nothing waits
        while due := self._next():
            batch, waiting = due
            self._begun = asyncio.get_running_loop().time()
            try:
                await self._store.write(batch)
            except CountsUnavailable as error:
                self._fail(batch, error)
            else:
                self._recover()
            finally:
                for written in waiting:
                    _tell(written)
            if self._failed is not None:
                if self._closing.is_set():
                    return
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), self._pause)
                self._pause = min(2 * self._pause, _LONGEST_PAUSE)

    def _fail(self, batch: Batch, error: CountsUnavailable) -> None:
        if not self._in_trouble:
            _log.error("the counts cannot be written (%s); trying again later", error.why)
        self._metrics.failed("counts")
        self._in_trouble, self._failed = True, batch
        # Who came during the attempt waits for the next one, and that may take long.
        for each in self._waiting:
            if each.written is not None:
                _tell(each.written)

    def _recover(self) -> None:
        if self._in_trouble:
            _log.info("the counts are written again")
        self._in_trouble, self._failed = False, None
        self._pause = self._first_pause


def _tell(written: _Written) -> None:
    # Whoever waited may have broken off, or have waited long enough.
    if not written.done():
        written.set_result(None)
