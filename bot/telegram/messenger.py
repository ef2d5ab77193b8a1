"""Puts a turn into a chat: as new messages, or in place of the one with the tapped button."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram.error import TelegramError

from bot.telegram.delivery import Delivery, Later, NotEditable, Unchanged
from bot.telegram.outcome import OutcomeExtras
from bot.telegram.render import Renderer
from bot.telegram.sharing import Sharing
from bot.telegram.texts import TelegramTexts
from dialogues.markup import Body
from dialogues.state import Conversation
from dialogues.turn import Message, Turn

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say in a chat; ``conversation`` goes into the buttons."""

    chat: int
    conversation: Conversation
    turn: Turn


class Messenger:
    """Raises Gone, Later, or a TelegramError that is a fault."""

    def __init__(
        self,
        texts: TelegramTexts,
        renderer: Renderer,
        delivery: Delivery,
        extras: OutcomeExtras,
        sharing: Sharing,
    ) -> None:
        self._texts = texts
        self._renderer = renderer
        self._delivery = delivery
        self._extras = extras
        self._sharing = sharing

    async def send(self, reply: Reply) -> None:
        """Say it in new messages; the last one has the buttons."""
        keyboard = self._keyboard(reply)
        # An outcome that came twice would make people doubt which one holds.
        repeatable = not self._extras.shows_outcome(reply.conversation)
        *others, last = self._renderer.texts(reply.turn)
        for text in others:
            await self._delivery.send(reply.chat, text, None, repeatable=repeatable)
        await self._delivery.send(reply.chat, last, keyboard, repeatable=repeatable)

    async def edit(self, message: int, reply: Reply) -> None:
        """Say it in place of a message; in new ones when that cannot be."""
        texts = self._renderer.texts(reply.turn)
        if len(texts) > 1:
            await self.send(reply)
            return
        keyboard = self._keyboard(reply)
        try:
            await self._delivery.edit(reply.chat, message, texts[0], keyboard)
        except Unchanged:
            return
        except NotEditable:
            await self.send(reply)

    async def close(self, message: int, reply: Reply) -> None:
        """Turn the last question into what was answered, without buttons: the outcome has them."""
        said = [m for m in reply.turn.messages if m.kind == "reaction"]
        said.append(Message("notice", self._texts.answered_here))
        [text] = self._renderer.texts(Turn(tuple(said), ()))
        try:
            await self._delivery.edit(reply.chat, message, text, None)
        except (Unchanged, NotEditable):
            return
        except (Later, TelegramError) as error:
            # The outcome has arrived: nothing went wrong for the person, and once is enough.
            _log.warning("an answered question kept its buttons: %s", type(error).__name__)

    async def notice(self, chat: int, body: Body, keyboard: str | None = None) -> None:
        """Say one thing that is no turn of the conversation."""
        await self.say(chat, (Message("notice", body),), keyboard)

    async def say(
        self, chat: int, messages: Sequence[Message], keyboard: str | None = None
    ) -> None:
        """Say what is no turn of the conversation."""
        for text in self._renderer.texts(Turn(tuple(messages), ())):
            await self._delivery.send(chat, text, keyboard, repeatable=True)

    def _keyboard(self, reply: Reply) -> str | None:
        more = [
            *self._extras.rows(reply.conversation),
            *self._sharing.rows(reply.conversation, reply.turn),
        ]
        return self._renderer.keyboard(reply.conversation, reply.turn, more)
