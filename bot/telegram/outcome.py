"""What Telegram offers with an outcome besides its choices: the report, and the same on the web."""

import re

from bot.address import link
from bot.report.queue import ReportQueue
from bot.telegram.render import Button
from bot.telegram.texts import TelegramTexts
from dialogues.codec import Codec
from dialogues.flow import Flow
from dialogues.state import Conversation, place_of

# Before the payload of the conversation. The data of any other button begin with a version.
_REPORT = "pdf|"
# Telegram refuses a message with a link to a host without a dot, and people in Telegram have no
# use for the number of a machine: with such an address somebody is trying things out at home.
_LINKABLE = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?::[0-9]{1,5})?(?:/\S*)?", re.IGNORECASE
)


class OutcomeExtras:
    def __init__(
        self, flow: Flow, texts: TelegramTexts, public_url: str, reports: ReportQueue | None
    ) -> None:
        """``public_url``: where the pages stand, if anywhere. ``reports``: None without reports."""
        self._flow = flow
        self._texts = texts
        self._public_url = public_url if _LINKABLE.fullmatch(public_url) else ""
        self._reports = reports
        self._codec = Codec(flow.content)

    def shows_outcome(self, conversation: Conversation) -> bool:
        """Whether the conversation is at an outcome, and not at a question or a page."""
        return place_of(self._flow, conversation) in self._flow.content.outcomes

    def rows(self, conversation: Conversation) -> list[list[Button]]:
        """The buttons to stand below the choices of an outcome; none at any other place."""
        rows: list[list[Button]] = []
        if not self.shows_outcome(conversation):
            return rows
        if self._reports:
            data = f"{_REPORT}{self._codec.payload(conversation)}"
            rows.append([{"text": self._texts.button_report, "callback_data": data}])
        if self._public_url:
            url = link(self._flow, conversation, self._public_url)
            rows.append([{"text": self._texts.button_web, "url": url}])
        return rows

    def asked(self, data: str) -> Conversation | None:
        """The conversation of which a button asks the report; None for every other button."""
        return self._codec.opened(data.removeprefix(_REPORT)) if data.startswith(_REPORT) else None

    async def report(self, conversation: Conversation) -> bytes | None:
        """The PDF, or None when there can be none here, or none (any more) of these answers.

        Raises TooManyReports.
        """
        known = all(self._flow.fits(*answer) for answer in conversation.answers.items())
        if self._reports is None or not known or not self.shows_outcome(conversation):
            return None
        return await self._reports.made(conversation)
