"""The whole bot on the emulated Bot API, without HTTP."""

from types import TracebackType
from typing import Self

from bot.campaigns.campaigns import Campaigns
from bot.counts import texts as count_texts
from bot.counts.counter import Counter
from bot.counts.store import CountStore
from bot.counts.texts import CountTexts
from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.report.document import Report
from bot.report.queue import ReportQueue
from bot.settings import TelegramSettings
from bot.store import MemoryStore, Store
from bot.telegram import texts as telegram_texts
from bot.telegram.delivery import Delivery
from bot.telegram.run import TelegramBot, bot_of
from bot.telegram.texts import TelegramTexts
from bot.telegram.updates import Updates
from dialogues.flow import Flow
from dialogues.loader import FOLDER, read_record
from dialogues.problems import Problems
from tests.botapi.api import BotApi
from tests.botapi.in_process import InProcessRequest
from tests.botapi.parameters import Json
from tests.made_once import understanding_of


def telegram_texts_of_content() -> TelegramTexts:
    texts = read_record(TelegramTexts, FOLDER / telegram_texts.FILE, Problems())
    assert texts is not None
    return texts


def count_texts_of_content() -> CountTexts:
    texts = read_record(CountTexts, FOLDER / count_texts.FILE, Problems())
    assert texts is not None
    return texts


class InProcessBot:
    """`settle` lets the bot handle all that waits; making another one is a restart.

    Without `counts` nothing is counted; `admins` may see the figures.
    """

    updates: Updates

    def __init__(
        self,
        api: BotApi,
        flow: Flow,
        store: Store | None = None,
        public_url: str = "",
        report: Report | None = None,
        campaigns: Campaigns | None = None,
        counts: CountStore | None = None,
        admins: frozenset[int] = frozenset(),
    ) -> None:
        self._api = api
        settings = TelegramSettings(
            api.token, "http://test/bot", "http://test/file/bot", public_url, admins=admins
        )
        self.metrics = Metrics()
        self.counter = Counter(counts, self.metrics)
        self._bot = TelegramBot(
            flow,
            understanding_of(flow),
            telegram_texts_of_content(),
            settings,
            store or MemoryStore(),
            self.metrics,
            Readiness("telegram"),
            ReportQueue(report) if report else None,
            campaigns=campaigns or Campaigns(),
            counter=self.counter,
            count_texts=count_texts_of_content(),
        )
        request = InProcessRequest(api)
        self._telegram = bot_of(settings, request, request)
        self._delivery = Delivery(self._telegram, self.metrics)

    async def __aenter__(self) -> Self:
        await self._telegram.initialize()
        self.counter.start()
        self.updates = self._bot.updates(self._telegram, self._delivery)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._telegram.shutdown()
        await self.counter.close()

    async def settle(self) -> None:
        while updates := self._api.state.take_updates():
            for update in updates:
                await self.handle(update)

    async def handle(self, update: Json) -> None:
        """Handle one update, and answer the tap if it was one."""
        answered = await self.updates.handle(update)
        if answered is not None:
            await self._delivery.answer(answered.query, answered.notice)
