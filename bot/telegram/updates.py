"""Handles updates: those of one chat in order, different chats side by side."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram.error import RetryAfter, TelegramError

from bot.log import describe
from bot.metrics import Metrics
from bot.telegram.channel import TelegramChannel
from bot.telegram.delivery import Gone, Later
from bot.telegram.incoming import Blocked, Incoming, InGroup, Inquiry, Tap, TapElsewhere, read
from bot.telegram.inline import InlineMode

_log = logging.getLogger(__name__)
_MOST_WAITING = 20  # updates of one chat; somebody who sends more at once gets no reply to the rest


@dataclass(frozen=True, slots=True)
class Answered:
    """A tap was handled. It is still to be answered, so that its button stops spinning."""

    query: str
    notice: str


@dataclass(slots=True)
class _Chat:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Updates:
    def __init__(self, channel: TelegramChannel, inline: InlineMode, metrics: Metrics) -> None:
        self._channel = channel
        self._inline = inline
        self._metrics = metrics
        self._chats: dict[int, _Chat] = {}

    async def handle(self, raw: Mapping[str, Any]) -> Answered | None:
        """Handle one update, after those of its chat that came before.

        Whatever breaks is logged and counted, so that the update does not come back for ever.
        Raises only Later: the chat has to wait, and nothing was remembered.
        """
        incoming = read(raw)
        if isinstance(incoming, Inquiry):
            # It belongs to no chat, and nobody waits for the answer to an earlier one.
            await self._show(incoming)
            return None
        if incoming is None:
            return None
        chat = self._chats.setdefault(incoming.chat, _Chat())
        if chat.waiting >= _MOST_WAITING:
            return None
        chat.waiting += 1
        self._metrics.in_hand(1)
        try:
            # The lock is fair: who came first goes first.
            async with chat.lock:
                return await self._timed(incoming)
        finally:
            self._metrics.in_hand(-1)
            chat.waiting -= 1
            if not chat.waiting:
                del self._chats[incoming.chat]

    async def _timed(self, incoming: Incoming) -> Answered | None:
        started = time.perf_counter()
        try:
            notice = await self._channel.handle(incoming)
        except Later:
            raise
        except Exception as error:  # noqa: BLE001 whatever it is, it must not come back for ever
            notice = await self._failed(incoming, error)
        finally:
            self._metrics.turn("telegram", time.perf_counter() - started)
        match incoming:
            case Tap(query=query) | TapElsewhere(query=query):
                return Answered(query, notice)
        return None

    async def _show(self, inquiry: Inquiry) -> None:
        try:
            await self._inline.answer(inquiry)
        except Exception as error:  # noqa: BLE001 whatever it is, it must not come back for ever
            self._broke(error)

    def _broke(self, error: Exception) -> None:
        _log.error("an update could not be handled: %s", describe(error))
        self._metrics.failed("update")

    async def _failed(self, incoming: Incoming, error: Exception) -> str:
        self._broke(error)
        # Who was asked to wait should not be sent one message more.
        silent = isinstance(error, RetryAfter) or isinstance(incoming, InGroup | Blocked)
        try:
            return "" if silent else await self._channel.apologise(incoming)
        except (Gone, Later, TelegramError):
            _log.warning("the apology could not be delivered either")
            return ""
