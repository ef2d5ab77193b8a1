"""Making reports beside the conversations, so that nobody else has to wait."""

import asyncio

from bot.report.document import Report
from dialogues.state import Conversation

_MOST_WAITING = 40  # at 20 to 80 ms each that is a few seconds


class TooManyReports(Exception):
    """So many people want a report that this one would take too long."""


class ReportQueue:
    """One for all channels: each report takes a whole processor for as long as it lasts."""

    def __init__(self, make: Report) -> None:
        self._make = make
        self._one_at_a_time = asyncio.Semaphore(1)
        self._waiting = 0

    async def made(self, conversation: Conversation) -> bytes:
        """The report as a PDF. Raises TooManyReports."""
        if self._waiting >= _MOST_WAITING:
            raise TooManyReports
        self._waiting += 1
        try:
            async with self._one_at_a_time:
                return await asyncio.to_thread(self._make, conversation)
        finally:
            self._waiting -= 1
