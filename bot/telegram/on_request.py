"""What is sent because somebody asked for it below an outcome: the report, or its link."""

from bot.report.document import FILE_NAME
from bot.telegram.delivery import Delivery
from bot.telegram.messenger import Messenger
from bot.telegram.outcome import OutcomeExtras
from bot.telegram.sharing import Sharing
from bot.telegram.texts import TelegramTexts
from dialogues.state import Conversation


class OnRequest:
    """The conversation stays where it was. Raises what Delivery does."""

    def __init__(
        self,
        texts: TelegramTexts,
        extras: OutcomeExtras,
        sharing: Sharing,
        messenger: Messenger,
        delivery: Delivery,
    ) -> None:
        self._texts = texts
        self._extras = extras
        self._sharing = sharing
        self._messenger = messenger
        self._delivery = delivery

    def of(self, data: str) -> Conversation | None:
        """The conversation of which a button asks something; None for every other button."""
        report = self._extras.asked(data)
        return self._sharing.asked(data) if report is None else report

    async def sent(self, chat: int, data: str) -> bool:
        """Send what a button asks for; False when that cannot be had here, or not any more.

        Raises TooManyReports.
        """
        report, shared = self._extras.asked(data), self._sharing.asked(data)
        if report is not None:
            return await self._report(chat, report)
        return shared is not None and await self._link(chat, shared)

    async def _report(self, chat: int, of: Conversation) -> bool:
        report = await self._extras.report(of)
        if report is None:
            return False
        caption = self._texts.report_caption
        await self._delivery.send_document(chat, report, FILE_NAME, caption)
        return True

    async def _link(self, chat: int, of: Conversation) -> bool:
        shared = self._sharing.outcome(of)
        if shared is None:
            return False
        body, keyboard = shared
        await self._messenger.notice(chat, body, keyboard)
        return True
