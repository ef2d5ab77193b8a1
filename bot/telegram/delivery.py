"""Calls to the Bot API, with what each of its answers asks for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from telegram import Bot, LinkPreviewOptions
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

from bot.telegram.render import Text

_log = logging.getLogger(__name__)
_PAUSES = (0.5, 2.0, 5.0)  # seconds before each next try after a fault of the network
_MOST_WAITS = 5  # how often in a row Telegram may ask to wait before a call is given up
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
T = TypeVar("T")


class Gone(Exception):
    """The chat cannot be written to any more: blocked, deleted or unknown."""


class Unchanged(Exception):
    """The message already shows this: an earlier handling of the same tap got there first."""


class NotEditable(Exception):
    """The message is gone or too old to edit."""


class Delivery:
    """Sends and edits. Raises Gone, Unchanged, NotEditable, or a TelegramError that is a fault."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat: int, text: Text, keyboard: str | None, *, repeatable: bool) -> None:
        """Send a message; ``keyboard`` is JSON. ``repeatable``: it may arrive twice."""

        async def call(**content: Any) -> object:  # noqa: ANN401 keywords of the library
            return await self._bot.send_message(
                chat,
                link_preview_options=_NO_PREVIEW,
                api_kwargs=_reply_markup(keyboard),
                **content,
            )

        await self._formatted(call, text, repeatable=repeatable)

    async def edit(self, chat: int, message: int, text: Text, keyboard: str | None) -> None:
        """Replace a message. ``keyboard`` is JSON; without one the message loses its buttons."""

        async def call(**content: Any) -> object:  # noqa: ANN401 keywords of the library
            return await self._bot.edit_message_text(
                chat_id=chat,
                message_id=message,
                link_preview_options=_NO_PREVIEW,
                api_kwargs=_reply_markup(keyboard),
                **content,
            )

        await self._formatted(call, text, repeatable=True)

    async def send_document(self, chat: int, content: bytes, name: str, caption: str) -> None:
        """Send a file under a name. One that may have arrived is not sent again."""
        await _classified(
            lambda: self._bot.send_document(chat, content, filename=name, caption=caption),
            repeatable=False,
        )

    async def answer(self, query: str, text: str = "") -> None:
        """Answer a tap, so that its button stops spinning; too late is no fault."""
        try:
            await _persist(
                lambda: self._bot.answer_callback_query(query, text=text or None),
                repeatable=True,
            )
        except BadRequest as error:
            if "query is too old" not in error.message.lower():
                raise

    async def _formatted(
        self, call: Callable[..., Awaitable[object]], text: Text, *, repeatable: bool
    ) -> None:
        try:
            await _classified(
                lambda: call(text=text.html, parse_mode=ParseMode.HTML), repeatable=repeatable
            )
        except BadRequest as error:
            if "can't parse entities" not in error.message.lower():
                raise
            _log.error("Telegram refused the HTML of a text; sent as plain text")
            await _classified(lambda: call(text=text.plain, parse_mode=None), repeatable=repeatable)


def _reply_markup(keyboard: str | None) -> dict[str, str]:
    return {} if keyboard is None else {"reply_markup": keyboard}


async def _classified(call: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
    try:
        return await _persist(call, repeatable=repeatable)
    except (Forbidden, ChatMigrated) as error:
        raise Gone from error
    except BadRequest as error:
        said = error.message.lower()
        if "message is not modified" in said:
            raise Unchanged from error
        if "message to edit not found" in said or "message can't be edited" in said:
            raise NotEditable from error
        if "chat not found" in said:
            raise Gone from error
        raise


async def _persist(call: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
    """Call until it works, Telegram refuses, or trying on makes no sense."""
    pauses = list(_PAUSES)
    waits = 0
    while True:
        try:
            return await call()
        except RetryAfter as error:
            waits += 1
            if waits > _MOST_WAITS:
                raise
            await asyncio.sleep(seconds(error.retry_after))
        except BadRequest:
            raise
        except NetworkError as error:
            if not pauses or not (repeatable or _never_arrived(error)):
                raise
            await asyncio.sleep(pauses.pop(0))


def _never_arrived(error: NetworkError) -> bool:
    """Whether the call surely had no effect, so that doing it again cannot double a message."""
    cause = error.__cause__
    if cause is None or isinstance(cause, TelegramError):
        return not isinstance(error, TimedOut)  # Telegram itself answered that it failed
    return isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)


def seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
