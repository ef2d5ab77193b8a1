"""Translates: what a person does in Telegram becomes an event, and the turn becomes messages.

Steps edit the message with the tapped button; an outcome is a new message, because it must stay
in the chat, make a notification and be read aloud by a screen reader. What is explained in the
middle of the check has a message to itself, with the choices that go with it; the question comes
back below it, with its answers.
"""

import logging
import re
from dataclasses import dataclass, replace

from telegram import CallbackQuery, Message, Update
from telegram import Chat as TelegramChat
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from bot.report.document import FILE_NAME
from bot.store import Remembered, Store
from bot.telegram.delivery import Delivery, Gone, NotEditable, Unchanged
from bot.telegram.outcome import OutcomeExtras, shows_outcome
from bot.telegram.render import Renderer, keyboard_of
from bot.telegram.texts import TelegramTexts
from dialogues import turn as turns
from dialogues.codec import Codec, UnreadableButton
from dialogues.conversation import handle
from dialogues.events import Ask, Check, Event, Examples, Forget, Privacy, Topics, Unknown
from dialogues.flow import WELCOME, Flow
from dialogues.offers import offered
from dialogues.state import Conversation, place_of
from dialogues.turn import Turn
from dialogues.understanding import Understanding
from dialogues.views import view

_log = logging.getLogger(__name__)
_OPENED_LINK = re.compile(r"/start(?:@\w+)? (\S+)")


@dataclass(frozen=True, slots=True)
class _Reply:
    """What to say in a chat; ``conversation`` goes into the buttons."""

    chat: int
    conversation: Conversation
    turn: Turn


class TelegramChannel:
    def __init__(
        self,
        flow: Flow,
        texts: TelegramTexts,
        store: Store,
        delivery: Delivery,
        extras: OutcomeExtras,
        name: str,
    ) -> None:
        """``name``: the user name of the bot, for the link from a group to the private chat."""
        self._flow = flow
        self._texts = texts
        self._store = store
        self._delivery = delivery
        self._extras = extras
        self._name = name
        self._codec = Codec(flow.content)
        self._understanding = Understanding(flow)
        self._renderer = Renderer(flow.content.texts, self._codec)

    async def on_text(self, message: Message) -> None:
        """Typed text, a command, or a link to the bot that was opened."""
        text = message.text or ""
        link = _OPENED_LINK.fullmatch(text)
        conversation = self._codec.opened(link[1]) if link else None
        event: Event = Check()
        if conversation is None:
            conversation = self._store.get(message.chat_id).conversation
            event = self._understanding.read(text, conversation)
        await self._reply_new(message.chat_id, conversation, event)

    async def on_attachment(self, message: Message) -> None:
        """Anything else that was sent. An album comes as several messages and gets one reply."""
        remembered = self._store.get(message.chat_id)
        album = message.media_group_id or ""
        if album and album == remembered.album:
            return
        await self._reply_new(
            message.chat_id, remembered.conversation, Unknown("attachment"), album=album
        )

    async def on_edit(self, message: Message) -> None:
        """A message was changed afterwards."""
        conversation = self._store.get(message.chat_id).conversation
        await self._reply_new(message.chat_id, conversation, Unknown("edit"))

    async def on_tap(self, query: CallbackQuery) -> None:
        """A button. Always answered, also when handling it fails."""
        notice = self._texts.failed_alert
        try:
            notice = await self._tapped(query)
        finally:
            await self._delivery.answer(query.id, notice)

    async def on_group_command(self, chat: int, command: str) -> None:
        """In a group nobody should see another's answers, so there is only the way to the chat.

        The link has the command in it, so that it is carried out there.
        """
        url = create_deep_linked_url(self._name, command)
        keyboard = keyboard_of([[{"text": self._texts.button_private, "url": url}]])
        turn = Turn((turns.Message("notice", self._texts.in_group),), ())
        try:
            for text in self._renderer.texts(turn):
                await self._delivery.send(chat, text, keyboard, repeatable=True)
        except Gone:
            _log.info("a group cannot be written to any more")

    def on_blocked(self, chat: int) -> None:
        """The person has blocked the bot."""
        self._store.delete(chat)

    async def on_failure(self, update: Update) -> None:
        """Something broke while handling an update: say so once, if the chat can be reached."""
        chat = update.effective_chat
        if chat is None or chat.type != TelegramChat.PRIVATE or update.callback_query:
            return
        turn = Turn((turns.Message("notice", self._texts.failed),), ())
        try:
            for text in self._renderer.texts(turn):
                await self._delivery.send(chat.id, text, None, repeatable=False)
        except (Gone, TelegramError):
            _log.warning("the apology could not be delivered either")

    async def _tapped(self, query: CallbackQuery) -> str:
        """Handle a tap and give the notice to answer it with, which may be empty."""
        message = query.message
        if message is None or message.chat.type != TelegramChat.PRIVATE:
            return self._texts.only_private
        chat = message.chat.id
        remembered = self._store.get(chat)
        tap = f"{message.message_id}|{query.data}"
        if tap == remembered.tap:
            return self._texts.already_tapped
        asked = self._extras.asked(query.data or "")
        if asked is not None:
            await self._send_report(chat, asked, replace(remembered, tap=tap))
            return ""
        before, event = self._decoded(query, remembered)
        after, turn = self._handled(before, event)
        beside = self._beside(event, after)
        kept = after
        if beside:
            turn = Turn(turn.messages[:-1], offered(self._flow, after))
            now = remembered.conversation
            kept = replace(now, about=after.about) if now.answers else after
        # The tap is only remembered when its reply has arrived: after a fault, the same button
        # must work again.
        self._store.put(chat, replace(remembered, conversation=kept, tap=""))
        reply = _Reply(chat, after, turn)
        try:
            if self._shows_outcome(before) or not message.is_accessible:
                await self._send(reply)
            elif self._shows_outcome(after):
                await self._send(reply)
                await self._close(message.message_id, reply)
            else:
                await self._edit(message.message_id, reply)
        except Gone:
            self._store.delete(chat)
            return ""
        self._remember(chat, event, Remembered(kept, tap, remembered.album))
        newer = remembered.conversation.answers
        older = newer and before.answers != newer and not beside
        return self._texts.older_message if older else ""

    async def _send_report(self, chat: int, of: Conversation, afterwards: Remembered) -> None:
        """The conversation stays where it was, unless there can be no report."""
        report = await self._extras.report(of)
        if report is None:
            await self._reply_new(chat, of, Unknown("button"))
            return
        caption = self._texts.report_caption
        try:
            await self._delivery.send_document(chat, report, FILE_NAME, caption)
        except Gone:
            self._store.delete(chat)
        else:
            self._store.put(chat, afterwards)

    def _decoded(self, query: CallbackQuery, remembered: Remembered) -> tuple[Conversation, Event]:
        try:
            return self._codec.decode(query.data or "")
        except UnreadableButton:
            return remembered.conversation, Unknown("button")

    async def _reply_new(
        self, chat: int, conversation: Conversation, event: Event, album: str = ""
    ) -> None:
        after, turn = self._handled(conversation, event)
        self._remember(chat, event, Remembered(after, album=album))
        try:
            for part in self._parts(after, turn):
                await self._send(_Reply(chat, after, part))
        except Gone:
            self._store.delete(chat)

    def _parts(self, after: Conversation, turn: Turn) -> list[Turn]:
        """What is explained, to stay when the next tap replaces the message with the question."""
        *said, place = turn.messages
        offers = offered(self._flow, after) if self._at_question(after) else ()
        explained = any(message.kind in ("explanation", "help") for message in said)
        if place_of(self._flow, after) == WELCOME or not (offers or explained):
            return [turn]
        below = view(self._flow, replace(after, about=None)) if offers else turn
        return [Turn(tuple(said), offers), replace(below, messages=(place,))]

    def _beside(self, event: Event, after: Conversation) -> bool:
        """Whether a tapped button belongs to an explanation whose question stands below it."""
        asked = isinstance(event, Ask | Topics | Examples) and after.about is not None
        return asked and self._at_question(after)

    def _handled(self, conversation: Conversation, event: Event) -> tuple[Conversation, Turn]:
        after, turn = handle(self._flow, conversation, event)
        extra = {Privacy(): self._texts.privacy, Forget(confirmed=True): self._texts.forgotten}
        if event in extra:
            added = turns.Message("notice", extra[event])
            *said, last = turn.messages
            # What is asked for at the start has a page to itself.
            alone = event == Privacy() and last.kind == "explanation"
            turn = replace(turn, messages=(*said, *((last, added) if alone else (added, last))))
        return after, turn

    def _remember(self, chat: int, event: Event, remembered: Remembered) -> None:
        if event == Forget(confirmed=True):
            self._store.delete(chat)
        else:
            self._store.put(chat, remembered)

    def _at_question(self, conversation: Conversation) -> bool:
        return place_of(self._flow, conversation) in self._flow.content.questions

    def _shows_outcome(self, conversation: Conversation) -> bool:
        return shows_outcome(self._flow, conversation)

    async def _send(self, reply: _Reply) -> None:
        more = self._extras.rows(reply.conversation)
        keyboard = self._renderer.keyboard(reply.conversation, reply.turn, more)
        # An outcome that came twice would make people doubt which one holds.
        repeatable = not self._shows_outcome(reply.conversation)
        *others, last = self._renderer.texts(reply.turn)
        for text in others:
            await self._delivery.send(reply.chat, text, None, repeatable=repeatable)
        await self._delivery.send(reply.chat, last, keyboard, repeatable=repeatable)

    async def _edit(self, message: int, reply: _Reply) -> None:
        texts = self._renderer.texts(reply.turn)
        if len(texts) > 1:
            await self._send(reply)
            return
        keyboard = self._renderer.keyboard(reply.conversation, reply.turn)
        try:
            await self._delivery.edit(reply.chat, message, texts[0], keyboard)
        except Unchanged:
            return
        except NotEditable:
            await self._send(reply)

    async def _close(self, message: int, reply: _Reply) -> None:
        """Turn the last question into what was answered, without buttons: the outcome has them."""
        said = [m for m in reply.turn.messages if m.kind == "reaction"]
        said.append(turns.Message("notice", self._texts.answered_here))
        [text] = self._renderer.texts(Turn(tuple(said), ()))
        try:
            await self._delivery.edit(reply.chat, message, text, None)
        except (Unchanged, NotEditable):
            return
        except TelegramError as error:
            # The outcome has arrived, so for the person nothing went wrong.
            _log.warning("an answered question kept its buttons: %s", type(error).__name__)
