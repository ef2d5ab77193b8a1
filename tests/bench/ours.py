"""Our whole Telegram adapter in process, on a Bot API that answers at once.

The one place of the benchmarks that knows how the adapter is put together.
"""

import aiohttp
from telegram.request import RequestData

from bot.campaigns.campaigns import Campaigns
from bot.counts.counter import Counter
from bot.counts.store import CountStore
from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.settings import TelegramSettings
from bot.store import MemoryStore
from bot.telegram.client import AiohttpRequest
from bot.telegram.delivery import Delivery
from bot.telegram.run import TelegramBot, bot_of
from bot.telegram.updates import Updates
from dialogues.flow import Flow
from tests.bench.answers import TOKEN
from tests.bench.dialogue import Json
from tests.bench.instant import Calls
from tests.made_once import understanding_of
from tests.telegram.in_process import count_texts_of_content, telegram_texts_of_content


class _InstantRequest(AiohttpRequest):
    """Our client without the network: it serialises a call and reads the answer."""

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def _call(
        self, url: str, method: str, data: RequestData | None, timeout: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        if data is None:
            return 200, self._calls.made(name, None)
        # Serialising is part of a call, so it is done here as for the network.
        assert data.json_payload
        markup = data.parameters.get("reply_markup")
        return 200, self._calls.made(name, None if markup is None else str(markup))


class OursInProcess:
    updates: Updates

    def __init__(self, flow: Flow, counts: CountStore | None = None) -> None:
        """``counts``: where is counted what people do; None is nowhere."""
        self.calls = Calls()
        metrics = Metrics()
        settings = TelegramSettings(TOKEN, "http://bench/bot", "http://bench/file/bot")
        self._bot = TelegramBot(
            flow,
            understanding_of(flow),
            telegram_texts_of_content(),
            settings,
            MemoryStore(),
            metrics,
            Readiness("telegram"),
            campaigns=Campaigns(),
            counter=Counter(counts, metrics),
            count_texts=count_texts_of_content(),
        )
        request = _InstantRequest(self.calls)
        self._telegram = bot_of(settings, request, request)
        self._delivery = Delivery(self._telegram, metrics)

    async def prepare(self) -> None:
        await self._telegram.initialize()
        self.updates = self._bot.updates(self._telegram, self._delivery)

    async def handle(self, raw: Json) -> None:
        answered = await self.updates.handle(raw)
        if answered is not None:
            await self._delivery.answer(answered.query, answered.notice)
