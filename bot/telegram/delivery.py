"""Calls to the Bot API, with what each of its answers asks for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.metrics import Metrics
from bot.telegram.client import NeverSent
from bot.telegram.render import Text

_log = logging.getLogger(__name__)
_PAUSES = (0.5, 2.0, 5.0)  # seconds before each next try after a fault of the network
_MOST_WAITS = 5  # how often in a row Telegram may ask to wait before a call is given up
_KEPT = 3600  # seconds that Telegram may give everybody the same cards without asking
# As JSON, because making it from the library's object each time takes longer than the rest.
_NO_PREVIEW = {"link_preview_options": '{"is_disabled":true}'}
T = TypeVar("T")


class Gone(Exception):
    """The chat cannot be written to any more: blocked, deleted or unknown."""


class Unchanged(Exception):
    """The message already shows this: an earlier handling of the same tap got there first."""


class NotEditable(Exception):
    """The message is gone or too old to edit."""


class Later(Exception):
    """Telegram asks this chat to wait for so many seconds, longer than was allowed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"{seconds:.0f} s")


class _TooLate(Exception):
    """The tap, or what was being typed, can no longer be answered."""


_REFUSALS: dict[str, type[Exception]] = {
    "message is not modified": Unchanged,
    "message to edit not found": NotEditable,
    "message can't be edited": NotEditable,
    "chat not found": Gone,
    "group chat was upgraded": Gone,
    "query is too old": _TooLate,
}


class Delivery:
    """Sends and edits, and counts the calls that are given up.

    Raises Gone, Unchanged, NotEditable, Later, or a TelegramError that is a fault. A call waits
    for as long as Telegram asks, in all at most ``longest_wait`` seconds; None is no limit.
    """

    def __init__(self, bot: Bot, metrics: Metrics, longest_wait: float | None = None) -> None:
        self._bot = bot
        self._metrics = metrics
        self._longest_wait = longest_wait

    async def send(self, chat: int, text: Text, keyboard: str | None, *, repeatable: bool) -> None:
        """Send a message; ``keyboard`` is JSON. ``repeatable``: it may arrive twice."""

        async def call(**content: Any) -> object:  # noqa: ANN401 keywords of the library
            return await self._bot.send_message(
                chat,
                api_kwargs=_as_json(keyboard),
                **content,
            )

        await self._formatted(call, text, repeatable=repeatable)

    async def edit(self, chat: int, message: int, text: Text, keyboard: str | None) -> None:
        """Replace a message. ``keyboard`` is JSON; without one the message loses its buttons."""

        async def call(**content: Any) -> object:  # noqa: ANN401 keywords of the library
            return await self._bot.edit_message_text(
                chat_id=chat,
                message_id=message,
                api_kwargs=_as_json(keyboard),
                **content,
            )

        await self._formatted(call, text, repeatable=True)

    async def send_document(self, chat: int, content: bytes, name: str, caption: str) -> None:
        """Send a file under a name. One that may have arrived is not sent again."""
        with self._judged():
            await self._persist(
                lambda: self._bot.send_document(chat, content, filename=name, caption=caption),
                repeatable=False,
            )

    async def answer(self, query: str, text: str = "") -> None:
        """Answer a tap, so that its button stops spinning; too late is no fault."""
        with suppress(_TooLate), self._judged():
            await self._persist(
                lambda: self._bot.answer_callback_query(query, text=text or None),
                repeatable=True,
            )

    async def show(self, query: str, cards: str) -> None:
        """Answer what somebody is typing with cards, in JSON.

        Once: a moment later something else has been typed. Too late is no fault.
        """
        with suppress(_TooLate), self._judged():
            try:
                await self._bot.answer_inline_query(
                    query, (), _KEPT, is_personal=False, api_kwargs={"results": cards}
                )
            except RetryAfter:
                self._metrics.told_to_wait()

    async def _formatted(
        self, call: Callable[..., Awaitable[object]], text: Text, *, repeatable: bool
    ) -> None:
        with self._judged():
            try:
                await self._persist(
                    lambda: call(text=text.html, parse_mode=ParseMode.HTML), repeatable=repeatable
                )
            except BadRequest as error:
                if "can't parse entities" not in error.message.lower():
                    raise
                _log.error("Telegram refused the HTML of a text; sent as plain text")
                await self._persist(
                    lambda: call(text=text.plain, parse_mode=None), repeatable=repeatable
                )

    @contextmanager
    def _judged(self) -> Iterator[None]:
        try:
            yield
        except TelegramError as error:
            meaning = _meaning(error)
            if meaning is None:
                self._metrics.failed("telegram")
                raise
            raise meaning from error

    async def _persist(self, call: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
        """Call until it works, Telegram refuses, or trying on makes no sense."""
        pauses = list(_PAUSES)
        waits: list[float] = []
        while True:
            try:
                return await call()
            except RetryAfter as error:
                self._metrics.told_to_wait()
                waits.append(seconds(error.retry_after))
                if self._longest_wait is not None and sum(waits) > self._longest_wait:
                    raise Later(waits[-1]) from error
                if len(waits) > _MOST_WAITS:
                    raise
                await asyncio.sleep(waits[-1])
            except BadRequest:
                raise
            except NetworkError as error:
                if not pauses or not (repeatable or _never_arrived(error)):
                    raise
                await asyncio.sleep(pauses.pop(0))


def _as_json(keyboard: str | None) -> dict[str, str]:
    return _NO_PREVIEW if keyboard is None else {**_NO_PREVIEW, "reply_markup": keyboard}


def _meaning(error: TelegramError) -> Exception | None:
    if isinstance(error, Forbidden | ChatMigrated):
        return Gone()
    if isinstance(error, BadRequest):
        said = error.message.lower()
        for words, meaning in _REFUSALS.items():
            if words in said:
                return meaning()
    return None


def _never_arrived(error: NetworkError) -> bool:
    """Whether the call surely had no effect, so that doing it again cannot double a message."""
    cause = error.__cause__
    if cause is None or isinstance(cause, TelegramError):
        return not isinstance(error, TimedOut)  # Telegram itself answered that it failed
    return isinstance(cause, NeverSent)


def seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
