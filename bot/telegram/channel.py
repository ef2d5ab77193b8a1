"""Translates: what a person does in Telegram becomes an event, and the turn becomes messages.

Steps edit the message with the tapped button; an outcome is a new message, because it must stay
in the chat, make a notification and be read aloud by a screen reader. What is explained in the
middle of the check has a message to itself, with the choices that go with it; the question comes
back below it, with its answers.

What a reply leads to is remembered together with what was before, until it has arrived. So when a
process dies halfway, or Telegram cannot be reached, the same update handled once more gives the
same reply; and whatever came after it goes on from there.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from bot.store import StoreUnavailable
from bot.telegram.composition import Composition
from bot.telegram.counting import Counting, Done
from bot.telegram.delivery import Gone
from bot.telegram.figures import FiguresCommand
from bot.telegram.groups import Groups
from bot.telegram.incoming import (
    Attachment,
    Blocked,
    Edited,
    Incoming,
    InGroup,
    Tap,
    TapElsewhere,
    Typed,
)
from bot.telegram.links import Opened, StartLinks
from bot.telegram.memory import Memory, Pressed, Remembered
from bot.telegram.messenger import Messenger, Reply
from bot.telegram.on_request import OnRequest
from bot.telegram.outcome import OutcomeExtras
from bot.telegram.texts import TelegramTexts
from dialogues.codec import Codec, UnreadableButton
from dialogues.events import (
    About,
    Ask,
    Check,
    Event,
    Examples,
    Forget,
    Privacy,
    Reading,
    Restart,
    Start,
    Stop,
    Topics,
    Unknown,
)
from dialogues.understanding import Understanding

# These mean the same wherever somebody is; a number never does.
_ANYWHERE = (Ask, Topics, Examples, Reading, Privacy, About, Start, Check, Restart, Stop, Forget)


class TelegramChannel:
    """Handles one update at a time of each chat."""

    def __init__(
        self,
        codec: Codec,
        understanding: Understanding,
        texts: TelegramTexts,
        composition: Composition,
        memory: Memory,
        messenger: Messenger,
        extras: OutcomeExtras,
        on_request: OnRequest,
        links: StartLinks,
        groups: Groups,
        figures: FiguresCommand,
        counting: Counting,
    ) -> None:
        self._codec = codec
        self._understanding = understanding
        self._texts = texts
        self._composition = composition
        self._memory = memory
        self._messenger = messenger
        self._extras = extras
        self._on_request = on_request
        self._links = links
        self._groups = groups
        self._figures = figures
        self._counting = counting

    async def handle(self, incoming: Incoming) -> str:
        """Reply; gives the notice to answer a tap with, which may be empty.

        Raises Later, or whatever went wrong.
        """
        # In this process nobody handles the same chat; in others, somebody may.
        async with self._memory.alone(incoming.chat):
            return await self._handled(incoming)

    async def _handled(self, incoming: Incoming) -> str:
        match incoming:
            case Tap():
                return await self._on_tap(incoming)
            case Typed():
                await self._on_text(incoming)
            case Attachment():
                await self._on_attachment(incoming)
            case Edited():
                await self._on_edit(incoming)
            case Blocked(chat=chat):
                await self._on_blocked(chat)
            case InGroup():
                await self._groups.refer(incoming)
            case TapElsewhere():
                return self._texts.only_private
        return ""

    async def apologise(self, incoming: Incoming) -> str:
        """Something broke while handling this; gives the notice to answer a tap with."""
        if isinstance(incoming, Tap | TapElsewhere):
            return self._texts.failed_alert
        await self._messenger.notice(incoming.chat, self._texts.failed)
        return ""

    async def _on_text(self, typed: Typed) -> None:
        """Typed text, a command, or a link to the bot that was opened."""
        known = await self._recalled(typed)
        remembered = known or Remembered()
        if remembered.knows(typed.update):
            return
        code = self._figures.asked(typed.text)
        if code is not None:
            await self._on_figures(typed, code)
            return
        opened = self._links.opened(typed.text)
        if opened is None:
            opened = Opened(self._understanding.read(typed.text, remembered.conversation))
        lost = known is None and opened.conversation is None
        if lost and not self._means_the_same_anywhere(typed.text, opened.event):
            await self._messenger.notice(typed.chat, self._texts.place_lost)
            return
        await self._reply(typed, remembered, opened)

    async def _on_figures(self, typed: Typed, code: str) -> None:
        """What has nothing to do with the conversation, which stays where it was."""
        try:
            await self._figures.reply(typed, code)
        except Gone:
            await self._on_blocked(typed.chat)
        else:
            await self._note(typed)

    async def _on_attachment(self, attachment: Attachment) -> None:
        """Anything else that was sent. An album comes as several messages and gets one reply."""
        remembered = await self._recalled(attachment) or Remembered()
        if remembered.knows(attachment.update):
            return
        if attachment.album and attachment.album == remembered.album:
            await self._note(attachment)
            return
        opened = Opened(Unknown("attachment"))
        await self._reply(attachment, remembered, opened, attachment.album)

    async def _on_edit(self, edited: Edited) -> None:
        """A message was changed afterwards."""
        remembered = await self._recalled(edited) or Remembered()
        if not remembered.knows(edited.update):
            await self._reply(edited, remembered, Opened(Unknown("edit")))

    async def _on_tap(self, tap: Tap) -> str:
        remembered = await self._recalled(tap) or Remembered()
        if remembered.knows(tap.update):
            return ""
        pressed = Pressed(tap.update, tap.message, tap.data)
        if pressed.again(remembered):
            await self._note(tap, str(pressed))
            return self._texts.already_tapped
        try:
            return await self._tapped(tap, remembered, str(pressed))
        except Gone:
            await self._on_blocked(tap.chat)
            return ""

    async def _on_blocked(self, chat: int) -> None:
        """The chat cannot be written to any more, because the person has blocked the bot."""
        with suppress(StoreUnavailable):  # then it is forgotten within a day
            await self._memory.forget(chat)

    async def _tapped(self, tap: Tap, remembered: Remembered, pressed: str) -> str:
        asked = self._on_request.of(tap.data)
        if asked is not None:
            remembered = replace(remembered, tap=pressed)
            if await self._on_request.sent(tap.chat, tap.data):
                await self._remember(tap, remembered)
            else:
                await self._reply(tap, remembered, Opened(Unknown("button"), asked))
            return ""
        now = remembered.conversation
        try:
            before, event = self._codec.decode(tap.data)
        except UnreadableButton:
            before, event = now, Unknown("button")
        after, turn = self._composition.handled(before, event)
        beside = self._composition.beside(event, after)
        kept = after
        if beside:
            turn = self._composition.explained_only(turn)
            kept = replace(now, about=after.about) if now.answers else after
        reply = Reply(tap.chat, after, turn)
        arrived = replace(remembered, conversation=kept, tap=pressed)
        async with self._kept(tap, remembered, arrived, Done(before, event, after)):
            if self._extras.shows_outcome(before) or not tap.accessible:
                await self._messenger.send(reply)
            elif self._extras.shows_outcome(after):
                await self._messenger.send(reply)
                await self._messenger.close(tap.message, reply)
            else:
                await self._messenger.edit(tap.message, reply)
        older = now.answers and before.answers != now.answers and not beside
        return self._texts.older_message if older else ""

    async def _reply(
        self, to: Incoming, remembered: Remembered, opened: Opened, album: str = ""
    ) -> None:
        """Reply in new messages."""
        before = opened.conversation or remembered.conversation
        after, turn = self._composition.handled(before, opened.event)
        turn = replace(turn, messages=(*opened.said, *turn.messages))
        now = replace(remembered, conversation=after, album=album)
        done = Done(before, opened.event, after, opened.started)
        try:
            async with self._kept(to, remembered, now, done):
                for part in self._composition.parts(after, turn):
                    await self._messenger.send(Reply(to.chat, after, part))
        except Gone:
            await self._on_blocked(to.chat)

    def _means_the_same_anywhere(self, text: str, event: Event) -> bool:
        return isinstance(event, _ANYWHERE) and not text.strip(" .)").isdigit()

    async def _recalled(self, incoming: Incoming) -> Remembered | None:
        """None while what was remembered cannot be reached: buttons carry what they need."""
        try:
            return await self._memory.recall(incoming.chat, incoming.update)
        except StoreUnavailable:
            return None

    @asynccontextmanager
    async def _kept(
        self, incoming: Incoming, before: Remembered, now: Remembered, done: Done
    ) -> AsyncIterator[None]:
        """What is done within it is the reply; it is counted, and where it leads to remembered.

        In this order: after a crash in between, the same reply comes again and counts once.
        """
        if done.event == Forget(confirmed=True):
            # Before it is said: a failure is told to the person, and nothing is promised.
            await self._memory.forget(incoming.chat)
            yield
            return
        async with self._memory.kept(incoming.chat, before, _with(incoming, now)):
            yield
            await self._counting.turn(incoming.update, done)

    async def _note(self, incoming: Incoming, tap: str | None = None) -> None:
        with suppress(StoreUnavailable):
            await self._memory.note(incoming.chat, incoming.update, tap)

    async def _remember(self, incoming: Incoming, now: Remembered) -> None:
        with suppress(StoreUnavailable):
            await self._memory.remember(incoming.chat, _with(incoming, now))


def _with(incoming: Incoming, now: Remembered) -> Remembered:
    return replace(now, handled=(*now.handled, incoming.update))
