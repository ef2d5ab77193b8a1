"""Runs the bot in Telegram until it is told to stop, alone or beside something else."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.report.queue import ReportQueue
from bot.settings import TelegramSettings
from bot.store import MemoryStore
from bot.telegram.application import add_channel, build_application
from bot.telegram.delivery import seconds
from bot.telegram.polling import Poller
from bot.telegram.profile import set_profile
from bot.telegram.texts import TelegramTexts
from dialogues.flow import Flow

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_CONNECTIONS = 64
_FORGET_EVERY = 600.0  # seconds
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


class BadToken(Exception):
    """The token has the wrong form, or (``refused``) Telegram does not know it."""

    def __init__(self, *, refused: bool) -> None:
        self.refused = refused
        super().__init__("refused" if refused else "malformed")


def check_token(token: str) -> None:
    """Raises BadToken when it has another form than those of Telegram."""
    if not _TOKEN.fullmatch(token):
        raise BadToken(refused=False)


async def serve(
    flow: Flow,
    texts: TelegramTexts,
    settings: TelegramSettings,
    reports: ReportQueue | None,
    stopping: asyncio.Event,
) -> None:
    """Poll Telegram until ``stopping`` is set. Raises BadToken.

    Signals and the log are up to the caller, who must keep the token out of it.
    """
    check_token(settings.token)
    try:
        await _serve(flow, texts, settings, reports, stopping)
    except InvalidToken:
        # `from None`: the library's message has the token in it.
        raise BadToken(refused=True) from None


async def _serve(
    flow: Flow,
    texts: TelegramTexts,
    settings: TelegramSettings,
    reports: ReportQueue | None,
    stopping: asyncio.Event,
) -> None:
    updates_request = _request(connections=2)
    application = build_application(settings, _request(_CONNECTIONS), updates_request)
    try:
        for step in (application.initialize, application.bot.delete_webhook):
            if not await _insist(step, stopping):
                return
        await set_profile(application.bot, texts)
        store = MemoryStore()
        add_channel(application, flow, texts, store, settings.public_url, reports)
        poller = Poller(application, updates_request)
        _log.info("polling as @%s", application.bot.username)
        polling = asyncio.create_task(poller.run())
        told = asyncio.create_task(stopping.wait())
        forgetting = asyncio.create_task(_forget(store))
        await asyncio.wait({polling, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        forgetting.cancel()
        poller.stop()
        await polling
        _log.info("stopped")
    finally:
        await application.shutdown()
        # An application that was not initialised, as with a refused token, leaves these open.
        await application.bot.shutdown()


async def _forget(store: MemoryStore) -> None:
    while True:
        await asyncio.sleep(_FORGET_EVERY)
        store.forget_old()


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=10.0,
        read_timeout=20.0,
        write_timeout=20.0,
        pool_timeout=10.0,
    )


async def _insist(call: Callable[[], Awaitable[object]], stopping: asyncio.Event) -> bool:
    """Call until Telegram can be reached; False when told to stop before that."""
    pause = _FIRST_PAUSE
    while not stopping.is_set():
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = seconds(error.retry_after) if isinstance(error, RetryAfter) else pause
            trouble = type(error).__name__
            _log.warning("Telegram cannot be reached (%s); trying again in %.0f s", trouble, wait)
            try:
                await asyncio.wait_for(stopping.wait(), wait)
            except TimeoutError:
                pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return True
    return False
