"""The figures in Telegram, for the people that the settings name."""

import re
from collections.abc import Sequence

from bot.campaigns.campaigns import Campaigns
from bot.counts.counter import Counter
from bot.counts.figures import SMALLEST, Table, figures
from bot.counts.store import CountsUnavailable
from bot.counts.texts import CountTexts
from bot.telegram.incoming import Typed
from bot.telegram.messenger import Messenger
from bot.telegram.texts import TelegramTexts
from dialogues.content import Content
from dialogues.markup import Body, Bullets, Plain
from dialogues.turn import Message

_COMMAND = re.compile(r"/cijfers(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


class FiguresCommand:
    def __init__(
        self,
        content: Content,
        texts: TelegramTexts,
        count_texts: CountTexts,
        campaigns: Campaigns,
        counter: Counter,
        messenger: Messenger,
        admins: frozenset[int],
    ) -> None:
        """``admins``: the numbers of those who may see the figures."""
        self._content = content
        self._texts = texts
        self._count_texts = count_texts
        self._campaigns = campaigns
        self._counter = counter
        self._messenger = messenger
        self._admins = admins

    def asked(self, text: str) -> str | None:
        """Of which campaign a text asks the figures; empty is of all, None is that it does not."""
        command = _COMMAND.fullmatch(text.strip())
        return (command[1] or "").strip().lower() if command else None

    async def reply(self, to: Typed, code: str) -> None:
        """Say the figures, or why not. Raises what Messenger does."""
        await self._messenger.say(to.chat, await self._said(to.sender, code))

    async def _said(self, sender: int, code: str) -> Sequence[Message]:
        if sender not in self._admins:
            return _notice(self._texts.figures_refused.body(nummer=sender))
        if not self._counter.counting:
            return _notice(self._count_texts.not_counting)
        try:
            rows = await self._counter.read()
        except CountsUnavailable as error:
            return _notice(self._count_texts.unavailable(error.why))
        if code:
            rows = [row for row in rows if row.campaign == code]
            # It may have been counted before it was taken out.
            if not rows and self._campaigns.named(code) is None:
                return _notice(self._texts.figures_unknown_campaign)
        tables = map(_message, figures(rows, self._count_texts, self._content))
        return (*tables, *_notice(self._count_texts.small_numbers.body(aantal=SMALLEST)))


def _message(table: Table) -> Message:
    rows = (f"{bar.label}: {bar.shown}" for bar in table.bars)
    # The names of campaigns and of what was explained are words, whatever signs they have.
    return Message("notice", (Bullets(tuple((Plain(row),) for row in rows)),), table.title)


def _notice(body: Body) -> tuple[Message, ...]:
    return (Message("notice", body),)
