"""Fetching updates so that none is lost: Telegram hears of one only after it was handled.

The library's own updater confirms a batch before it is handled; with `kill -9` in between, three
messages of four were lost in a measurement. Here an update stays unconfirmed until its handling
has ended, so that Telegram delivers it again to whoever comes next.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.readiness import Readiness
from bot.telegram.delivery import Delivery, seconds
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.updates import Updates

_log = logging.getLogger(__name__)
_BATCH = 100  # the most that Telegram gives at a time
# Seconds in hand before an update may no longer hide those of others: more than what a process that
# died keeps others off, or a crash soon after that one would lose what waits for it.
_PATIENCE = 10.0
_LAST_SECONDS = 8.0  # for what is in hand at the end; Docker kills after 10
_LONG_POLL = 50  # seconds that Telegram may wait for something to happen
_LOOK_AGAIN = 1.0  # seconds; how long a chat that must wait can hold up news from the others
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


class Poller:
    """Fetches each update until it has been handled once."""

    def __init__(
        self,
        api: str,
        request: BaseRequest,
        updates: Updates,
        delivery: Delivery,
        readiness: Readiness,
    ) -> None:
        """``api``: the address before the name of a method, with the token in it."""
        self._api = api
        self._request = request
        self._updates = updates
        self._delivery = delivery
        self._readiness = readiness
        self._stopping = asyncio.Event()
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._taken_at: dict[int, float] = {}
        self._handled: set[int] = set()
        self._confirmed_early: set[int] = set()
        self._newest: int | None = None
        self._reached = True

    def stop(self) -> None:
        """Fetch no more; `run` ends when what is in hand is done."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until `stop`. Raises InvalidToken when Telegram does not know the bot."""
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                updates = await self._fetch()
            except InvalidToken:
                raise
            except (TelegramError, ValueError) as error:
                wait = seconds(error.retry_after) if isinstance(error, RetryAfter) else pause
                self._reached = False
                self._readiness.tell("telegram", "unreachable")
                _log.warning("%s; trying again in %.0f s", _trouble(error), wait)
                await self._rest(wait)
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            # Two that fetch by turns would each succeed at once, and never calm down.
            pause = _FIRST_PAUSE if self._reached else pause
            self._reached = True
            self._readiness.tell("telegram", "ok")
            news = [update for update in updates if self._take(update)]
            if len(updates) == _BATCH and not news:
                self._look_past()
            if self._in_hand:
                await self._first_done()
        await self._drain()

    async def _drain(self) -> None:
        """Finish what is in hand and confirm it, so that it is not delivered again.

        What is not done in time stays unconfirmed, so that the next process gets it.
        """
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=_LAST_SECONDS)
        if self._newest is not None:
            try:
                await self._get_updates(limit=1, timeout=0)
            except (TelegramError, ValueError) as error:
                _log.warning("the last updates could not be confirmed: %s", _trouble(error))
        for task in self._in_hand.values():
            task.cancel()

    async def _fetch(self) -> list[Mapping[str, Any]]:
        """The next updates; none when it is time to stop."""
        # After a fault the first answer comes at once, so that it is known that all is well again.
        patience = _LONG_POLL if self._reached else 0
        fetching = asyncio.create_task(self._get_updates(limit=_BATCH, timeout=patience))
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if fetching.done():
            return fetching.result()
        fetching.cancel()
        await asyncio.wait({fetching})
        return []

    async def _get_updates(self, *, limit: int, timeout: int) -> list[Mapping[str, Any]]:
        # Read as raw JSON: the library parses a batch as a whole, so one update that it cannot
        # read would block all others for ever.
        query = {"limit": limit, "timeout": timeout, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        offset = self._offset()
        if offset is not None:
            query["offset"] = offset
        answer = await self._request.retrieve(
            f"{self._api}/getUpdates?{urlencode(query)}", read_timeout=timeout + 10
        )
        return _updates_in(answer)

    def _offset(self) -> int | None:
        """The first update that is not handled yet; asking for it confirms all before it."""
        first = min(self._in_hand.keys() - self._confirmed_early, default=None)
        if first is None:
            first = None if self._newest is None else self._newest + 1
        self._handled = {done for done in self._handled if first is None or done >= first}
        return first

    def _look_past(self) -> None:
        """Confirm what has long been in hand: a full batch of it hides what others sent.

        That is a chat that floods while Telegram makes it wait; what is merely busy is done
        sooner. A crash in that moment would lose some of its updates; without this, nobody else
        would be served.
        """
        long_ago = asyncio.get_running_loop().time() - _PATIENCE
        stuck = {number for number in self._in_hand if self._taken_at[number] < long_ago}
        if not stuck <= self._confirmed_early:
            _log.warning("updates of a chat that must wait are set aside; the others go first")
        self._confirmed_early |= stuck

    def _take(self, raw: Mapping[str, Any]) -> bool:
        """Begin to handle an update; False when it was known already."""
        number = raw["update_id"]
        if number in self._in_hand or number in self._handled:
            return False
        self._newest = number if self._newest is None else max(self._newest, number)
        task = asyncio.create_task(self._handle(raw))
        self._in_hand[number] = task
        self._taken_at[number] = asyncio.get_running_loop().time()
        task.add_done_callback(lambda _: self._done(number, task))
        return True

    async def _handle(self, raw: Mapping[str, Any]) -> None:
        answered = await self._updates.handle(raw)
        if answered is not None:
            await self._delivery.answer(answered.query, answered.notice)

    def _done(self, number: int, task: "asyncio.Task[None]") -> None:
        del self._in_hand[number], self._taken_at[number]
        self._confirmed_early.discard(number)
        if task.cancelled():
            return
        self._handled.add(number)
        if error := task.exception():
            _log.error("handling an update ended with %s", type(error).__name__)

    async def _first_done(self) -> None:
        # An unconfirmed update comes back at once on the next call, so asking before anything is
        # done would be a busy loop.
        await asyncio.wait(
            self._in_hand.values(), timeout=_LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
        )

    async def _rest(self, duration: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), duration)
        except TimeoutError:
            return


def _updates_in(answer: bytes) -> list[Mapping[str, Any]]:
    """The updates in an answer. Raises ValueError when it is none of the Bot API."""
    try:
        return [update for update in json.loads(answer)["result"] if update["update_id"] >= 0]
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("no updates") from error


def _trouble(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another process fetches the updates of this bot"
    return f"Telegram cannot be reached ({type(error).__name__})"
