"""What is remembered of a chat, as a text in a store.

A store may be shared and looked into, so a chat is found by a keyed hash of its number: nobody who
has only the store can say whose it was. The text holds the conversation in the letters of the
buttons, and what is needed to notice that Telegram, or a finger, brings something twice.
"""

import base64
import hmac
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from itertools import accumulate, pairwise

from bot.store import Store
from dialogues.codec import Codec
from dialogues.state import NEW, Conversation

MOST_HANDLED = 8
_VERSION = "1"
_SEPARATOR = "\n"
_LONGEST = 2_000  # characters; what is kept is a tenth of it
_HASH = 16  # bytes


@dataclass(frozen=True, slots=True)
class Remembered:
    """``tap``: the last button that was handled; ``album``: the last album that was replied to.

    ``handled``: the numbers of the last updates of the chat that were handled, at most eight.
    """

    conversation: Conversation = NEW
    tap: str = ""
    album: str = ""
    handled: tuple[int, ...] = ()


class Memory:
    """Each call may raise StoreUnavailable."""

    def __init__(self, store: Store, codec: Codec, secret: str) -> None:
        """``secret``: what only those who serve this bot know, such as its token."""
        self._store = store
        self._codec = codec
        self._secret = secret.encode()

    async def recall(self, chat: int) -> Remembered:
        """A blank for a chat that is not known, or is remembered in a way that cannot be read."""
        text = await self._store.get(self._key(chat))
        return Remembered() if text is None else self._read(text)

    async def remember(self, chat: int, remembered: Remembered) -> None:
        """Of ``handled`` the last eight are kept."""
        await self._store.put(self._key(chat), self._written(remembered))

    def alone(self, chat: int) -> AbstractAsyncContextManager[None]:
        """Within it no other process handles what happens in this chat."""
        return self._store.alone(self._key(chat))

    async def forget(self, chat: int) -> None:
        await self._store.delete(self._key(chat))

    def _key(self, chat: int) -> str:
        # The word keeps it apart from what else is made with the same secret.
        digest = hmac.digest(self._secret, b"chat %d" % chat, "sha256")
        return base64.urlsafe_b64encode(digest[:_HASH]).decode().rstrip("=")

    def _written(self, remembered: Remembered) -> str:
        handled = remembered.handled[-MOST_HANDLED:]
        # Numbers that follow each other are long, and the steps between them short.
        steps = (*handled[:1], *(later - earlier for earlier, later in pairwise(handled)))
        fields = (
            _VERSION,
            self._codec.kept(remembered.conversation),
            ".".join(map(str, steps)),
            str(len(remembered.album)),
            # Both may hold any sign, so they stand behind all separators.
            remembered.album + remembered.tap,
        )
        return _SEPARATOR.join(fields)

    def _read(self, text: str) -> Remembered:
        version, *fields = text[:_LONGEST].split(_SEPARATOR, 4)
        if version != _VERSION or len(fields) != 4 or len(text) > _LONGEST:
            return Remembered()
        kept, steps, album, said = fields
        conversation = self._codec.restored(kept)
        if conversation is None:
            return Remembered()
        try:
            handled = tuple(accumulate(map(int, steps.split(".")))) if steps else ()
            length = int(album)
        except ValueError:
            return Remembered()
        return Remembered(conversation, said[length:], said[:length], handled)
