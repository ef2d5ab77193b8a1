"""Runs the bot in Telegram until it is told to stop: by fetching updates, or taking them in."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.campaigns.campaigns import Campaigns
from bot.counts.counter import Counter
from bot.counts.measures import Channel
from bot.counts.tally import Tally
from bot.counts.texts import CountTexts
from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.report.queue import ReportQueue
from bot.settings import WEBHOOK, TelegramSettings
from bot.store import Store
from bot.telegram.cards import Cards
from bot.telegram.channel import TelegramChannel
from bot.telegram.client import AiohttpRequest
from bot.telegram.composition import Composition
from bot.telegram.counting import Counting
from bot.telegram.delivery import Delivery, seconds
from bot.telegram.figures import FiguresCommand
from bot.telegram.groups import Groups
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.inline import InlineMode
from bot.telegram.links import StartLinks
from bot.telegram.memory import Memory
from bot.telegram.messenger import Messenger
from bot.telegram.on_request import OnRequest
from bot.telegram.outcome import OutcomeExtras
from bot.telegram.polling import Poller
from bot.telegram.profile import set_profile
from bot.telegram.render import Renderer
from bot.telegram.sharing import Sharing
from bot.telegram.texts import TelegramTexts
from bot.telegram.updates import Updates
from bot.telegram.webhook import LONGEST_WAIT, Webhook
from dialogues.codec import Codec
from dialogues.flow import Flow
from dialogues.understanding import Understanding

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
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


def bot_of(settings: TelegramSettings, request: BaseRequest, updates_request: BaseRequest) -> Bot:
    """The library's bot, to call Telegram with; bringing updates in is ours."""
    return Bot(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=request,
        get_updates_request=updates_request,
    )


@dataclass(frozen=True, slots=True)
class TelegramBot:
    """All that the bot of one token needs. Signals and the log are up to the caller, who must keep
    the token out of it.
    """

    flow: Flow
    understanding: Understanding
    texts: TelegramTexts
    settings: TelegramSettings
    store: Store
    metrics: Metrics
    readiness: Readiness
    reports: ReportQueue | None = None
    campaigns: Campaigns = field(kw_only=True)
    counter: Counter = field(kw_only=True)
    count_texts: CountTexts = field(kw_only=True)

    async def poll(self, stopping: asyncio.Event) -> None:
        """Fetch updates until ``stopping`` is set. Raises BadToken."""
        updates_request = AiohttpRequest()
        async with self._opened(bot_of(self.settings, AiohttpRequest(), updates_request)) as bot:
            for step in (bot.initialize, bot.delete_webhook):
                if not await _insist(step, stopping):
                    return
            await set_profile(bot, self.texts)
            delivery = Delivery(bot, self.metrics)
            updates = self.updates(bot, delivery)
            poller = Poller(bot.base_url, updates_request, updates, delivery, self.readiness)
            self.readiness.tell("telegram", "ok")
            _log.info("polling as @%s", bot.username)
            polling = asyncio.create_task(poller.run())
            told = asyncio.create_task(stopping.wait())
            await asyncio.wait({polling, told}, return_when=asyncio.FIRST_COMPLETED)
            told.cancel()
            poller.stop()
            await polling
            _log.info("stopped")

    async def receive(self, webhook: Webhook, stopping: asyncio.Event) -> None:
        """Let ``webhook`` hand over its updates until ``stopping`` is set. Raises BadToken.

        Requests that are in hand must have been answered before that.
        """
        async with self._opened(bot_of(self.settings, AiohttpRequest(), AiohttpRequest())) as bot:
            if not await _insist(bot.initialize, stopping):
                return
            await self._look_whether_set(bot)
            await set_profile(bot, self.texts)
            delivery = Delivery(bot, self.metrics, longest_wait=LONGEST_WAIT)
            updates = self.updates(bot, delivery)
            webhook.open(updates)
            self.readiness.tell("telegram", "ok")
            _log.info("taking updates as @%s", bot.username)
            await stopping.wait()
            _log.info("stopped")

    def updates(self, bot: Bot, delivery: Delivery) -> Updates:
        """What handles updates; ``bot`` must be initialised: it knows its name."""
        flow, texts, secret = self.flow, self.texts, self.settings.token
        codec = Codec(flow.content)
        renderer = Renderer(flow.content.texts, codec)
        extras = OutcomeExtras(flow, texts, self.settings.public_url, self.reports)
        sharing = Sharing(flow, texts, bot.username)
        messenger = Messenger(texts, renderer, delivery, extras, sharing)
        counted = (*texts.counted, *self.count_texts.counted) if self.counter.counting else ()
        channel = TelegramChannel(
            codec,
            self.understanding,
            texts,
            Composition(flow, texts, counted),
            Memory(self.store, codec, secret),
            messenger,
            extras,
            OnRequest(texts, extras, sharing, messenger, delivery),
            StartLinks(flow.content, codec, self.campaigns),
            Groups(texts, messenger, bot.username),
            FiguresCommand(
                flow.content,
                texts,
                self.count_texts,
                self.campaigns,
                self.counter,
                messenger,
                self.settings.admins,
            ),
            Counting(Tally(flow, self.campaigns, self.counter, Channel.TELEGRAM), secret),
        )
        cards = Cards(flow, texts, renderer, bot.username)
        inline = InlineMode(flow.content, self.understanding, cards, delivery)
        return Updates(channel, inline, self.metrics)

    async def _look_whether_set(self, bot: Bot) -> None:
        expected = f"{self.settings.public_url}{WEBHOOK}"
        try:
            info = await bot.get_webhook_info()
        except TelegramError as error:
            _log.warning("the webhook could not be looked at: %s", type(error).__name__)
            return
        if info.url != expected:
            _log.warning("Telegram brings no updates here: run `coproductiewijzer webhook set`")
        elif not {*ALLOWED_UPDATES} <= {*(info.allowed_updates or ALLOWED_UPDATES)}:
            _log.warning("Telegram does not bring all updates: run `coproductiewijzer webhook set`")

    @asynccontextmanager
    async def _opened(self, bot: Bot) -> AsyncIterator[Bot]:
        try:
            yield bot
        except InvalidToken:
            # `from None`: the library's message has the token in it.
            raise BadToken(refused=True) from None
        finally:
            await bot.shutdown()


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
