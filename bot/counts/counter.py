"""Counts what people do, without ever holding them up.

What comes while something is being written is written together after it, so that counting costs
little where there is much to count. A turn waits until it has been written: only then Telegram
hears that its update was handled, and a crash before that brings it again. Nobody waits for a
place that is slow or broken: the sums stay in memory then, and are tried again by and by.
"""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from bot.counts.measures import Channel, Count
from bot.counts.store import Batch, CountStore, CountsUnavailable, Entry, Row
from bot.dates import today
from bot.metrics import Metrics

_PATIENCE = 0.25  # seconds that a turn waits
_PAUSE = 10.0  # seconds before something that failed is tried again
_LAST_TRY = 1.0  # seconds at the end
_MOST_WAITING = 20_000  # turns that are kept in memory, in about 5 MB
_BATCH_ID = 8  # bytes

_log = logging.getLogger(__name__)


class Counter:
    """One for each process. Without a store nothing is counted."""

    def __init__(self, store: CountStore | None, metrics: Metrics, pause: float = _PAUSE) -> None:
        """``pause``: seconds before something that failed is tried again."""
        self._store = store
        self._metrics = metrics
        self._pause = pause
        self._waiting: list[Entry] = []
        self._failed: Batch | None = None
        self._in_trouble = False
        self._written = asyncio.Event()
        self._closing = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None

    @property
    def counting(self) -> bool:
        return self._store is not None

    def start(self) -> None:
        """Find out at once whether anything can be written."""
        if self._store is not None:
            self._failed = Batch(b"", ())
            self._begin()

    async def add(
        self, counts: Sequence[Count], channel: Channel, campaign: str = "", once: bytes = b""
    ) -> None:
        """Add to the sums of today; done when it is written, or when it takes too long.

        ``once``: a mark; what comes with the same mark within a day counts one time. Never raises.
        """
        if self._store is None or not counts:
            return
        if len(self._waiting) >= _MOST_WAITING:
            self._metrics.failed("counts")
            return
        self._waiting.append(Entry(today(), campaign, channel, tuple(counts), once))
        written = self._written
        self._begin()
        if not self._in_trouble:
            await written.wait()

    async def read(self, since: date | None = None) -> Sequence[Row]:
        """The sums of that day and later ones; without a day, all. Raises CountsUnavailable."""
        return () if self._store is None else await self._store.read(since)

    async def close(self) -> None:
        """Write what is still waiting, if that can be done in a moment."""
        if self._store is None:
            return
        self._closing.set()
        self._begin()
        assert self._writing is not None  # noqa: S101 it has just begun
        await asyncio.wait({self._writing}, timeout=_LAST_TRY)
        if self._waiting or self._failed or not self._writing.done():
            _log.error("the program ends with counts that could not be written")
        self._writing.cancel()
        await self._store.close()

    def _begin(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    def _batch(self) -> Batch | None:
        """What failed goes first, and as it was: its place may have it without our knowing."""
        if self._failed is not None or not self._waiting:
            return self._failed
        entries, self._waiting = self._waiting, []
        return Batch(secrets.token_bytes(_BATCH_ID), entries)

    async def _write(self) -> None:
        assert self._store is not None  # noqa: S101 otherwise nothing waits
        while batch := self._batch():
            written, self._written = self._written, asyncio.Event()
            # Nobody waits longer than this, but the writing itself goes on.
            timer = asyncio.get_running_loop().call_later(_PATIENCE, written.set)
            try:
                await self._store.write(batch)
            except CountsUnavailable as error:
                self._fail(batch, error)
            else:
                self._recover()
            finally:
                timer.cancel()
                written.set()
            if self._failed is not None:
                if self._closing.is_set():
                    return
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), self._pause)

    def _fail(self, batch: Batch, error: CountsUnavailable) -> None:
        if not self._in_trouble:
            _log.error("the counts cannot be written (%s); trying again later", error.why)
        self._metrics.failed("counts")
        self._in_trouble, self._failed = True, batch
        # Who came during the attempt waits for the next one, and that may take long.
        self._written.set()
        self._written = asyncio.Event()

    def _recover(self) -> None:
        if self._in_trouble:
            _log.info("the counts are written again")
        self._in_trouble, self._failed = False, None
