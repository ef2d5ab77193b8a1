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

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.telegram.application import ALLOWED_UPDATES, App
from bot.telegram.delivery import seconds

_log = logging.getLogger(__name__)
_LONG_POLL = 50  # seconds that Telegram may wait for something to happen
_LOOK_AGAIN = 1.0  # seconds; how long a chat that must wait can hold up news from the others
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


class Poller:
    """Handles each update once, those of one chat in order, different chats side by side."""

    def __init__(self, application: App, request: BaseRequest) -> None:
        self._application = application
        self._request = request
        self._stopping = asyncio.Event()
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}
        self._handled: set[int] = set()
        self._newest: int | None = None

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
                _log.warning("%s; trying again in %.0f s", _trouble(error), wait)
                await self._rest(wait)
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            pause = _FIRST_PAUSE
            for update in updates:
                self._take(update)
            if self._in_hand:
                await self._first_done()
        await self._drain()

    async def _drain(self) -> None:
        """Finish what is in hand and confirm it, so that it is not delivered again."""
        await asyncio.gather(*self._in_hand.values())
        if self._newest is not None:
            try:
                await self._get_updates(limit=1, timeout=0)
            except (TelegramError, ValueError) as error:
                _log.warning("the last updates could not be confirmed: %s", _trouble(error))

    async def _fetch(self) -> list[Mapping[str, Any]]:
        """The next updates; none when it is time to stop."""
        fetching = asyncio.create_task(self._get_updates(limit=100, timeout=_LONG_POLL))
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
            f"{self._application.bot.base_url}/getUpdates?{urlencode(query)}",
            read_timeout=timeout + 10,
        )
        return _updates(answer)

    def _offset(self) -> int | None:
        """The first update that is not handled yet; asking for it confirms all before it."""
        first = min(self._in_hand, default=None)
        if first is None:
            first = None if self._newest is None else self._newest + 1
        self._handled = {done for done in self._handled if first is None or done >= first}
        return first

    def _take(self, raw: Mapping[str, Any]) -> None:
        number = raw["update_id"]
        if number in self._in_hand or number in self._handled:
            return
        self._newest = number if self._newest is None else max(self._newest, number)
        update = self._readable(raw)
        if update is None:
            self._handled.add(number)
            return
        chat = update.effective_chat.id if update.effective_chat else 0
        task = asyncio.create_task(self._handle(update, self._last_of_chat.get(chat)))
        self._in_hand[number] = self._last_of_chat[chat] = task
        task.add_done_callback(lambda _: self._done(number, chat, task))

    def _readable(self, raw: Mapping[str, Any]) -> Update | None:
        try:
            return Update.de_json(dict(raw), self._application.bot)
        except Exception as error:  # noqa: BLE001 whatever it is, it must not come back for ever
            _log.error("an update could not be read: %s", type(error).__name__)
            return None

    async def _handle(self, update: Update, before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await asyncio.wait({before})
        await self._application.process_update(update)

    def _done(self, number: int, chat: int, task: "asyncio.Task[None]") -> None:
        del self._in_hand[number]
        self._handled.add(number)
        if self._last_of_chat.get(chat) is task:
            del self._last_of_chat[chat]
        if not task.cancelled() and (error := task.exception()):
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


def _updates(answer: bytes) -> list[Mapping[str, Any]]:
    """The updates in an answer. Raises ValueError when it is none of the Bot API."""
    try:
        return [update for update in json.loads(answer)["result"] if update["update_id"] >= 0]
    except (TypeError, KeyError) as error:
        raise ValueError("no updates") from error


def _trouble(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another process fetches the updates of this bot"
    return f"Telegram cannot be reached ({type(error).__name__})"
