"""The real Application of python-telegram-bot on the emulated Bot API, without HTTP."""

from types import TracebackType
from typing import Self

from telegram import Update

from bot.report.document import Report
from bot.report.queue import ReportQueue
from bot.settings import TelegramSettings
from bot.store import MemoryStore, Store
from bot.telegram import texts as telegram_texts
from bot.telegram.application import add_channel, build_application
from bot.telegram.texts import TelegramTexts
from dialogues.flow import Flow
from dialogues.loader import FOLDER, read_record
from dialogues.problems import Problems
from tests.botapi.api import BotApi
from tests.botapi.in_process import InProcessRequest


def telegram_texts_of_content() -> TelegramTexts:
    texts = read_record(TelegramTexts, FOLDER / telegram_texts.FILE, Problems())
    assert texts is not None
    return texts


class InProcessBot:
    """`settle` lets the bot handle all that waits; making another one is a restart."""

    def __init__(
        self,
        api: BotApi,
        flow: Flow,
        store: Store | None = None,
        public_url: str = "",
        report: Report | None = None,
    ) -> None:
        self._api = api
        self._public_url = public_url
        self._report = report
        self._flow = flow
        self._store = store or MemoryStore()
        settings = TelegramSettings(api.token, "http://test/bot", "http://test/file/bot")
        request = InProcessRequest(api)
        self.application = build_application(settings, request, request)

    async def __aenter__(self) -> Self:
        await self.application.initialize()
        add_channel(
            self.application,
            self._flow,
            telegram_texts_of_content(),
            self._store,
            self._public_url,
            ReportQueue(self._report) if self._report else None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.application.shutdown()

    async def settle(self) -> None:
        while updates := self._api.state.take_updates():
            for update in updates:
                await self.application.process_update(Update.de_json(update, self.application.bot))
