"""What is remembered of a chat, as a text in a store.

A store may be shared and looked into, so a chat is found by a keyed hash of its number: nobody who
has only the store can say whose it was. The text holds the conversation in the letters of the
buttons, and what is needed to notice that Telegram, or a finger, brings something twice.
"""

import base64
import hmac
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from bot.store import Store, StoreUnavailable
from dialogues.codec import Codec
from dialogues.state import NEW, Conversation

MOST_HANDLED = 8
_VERSION = "1"
_TWO = re.compile(r"(?P<update>[0-9]{1,20}) (?P<length>[0-9]{1,4})\n")
_SEPARATOR = "\n"
_LONGEST = 2_000  # characters; what is kept is a tenth of it
_HASH = 16  # bytes


@dataclass(frozen=True, slots=True)
class Remembered:
    """``tap``: the last button that was tapped; ``album``: the last album that was replied to.

    ``handled``: the numbers of the last updates of the chat that were handled, at most eight.
    """

    conversation: Conversation = NEW
    tap: str = ""
    album: str = ""
    handled: tuple[int, ...] = ()

    def knows(self, update: int) -> bool:
        """Whether it was handled: one of these, or older than all when no more could be kept.

        While one chat makes Telegram wait, nothing after it is confirmed to Telegram. So whoever
        fetches next gets everything again that others did since then.
        """
        full = len(self.handled) == MOST_HANDLED
        return update in self.handled or (full and update < min(self.handled))


@dataclass(frozen=True, slots=True)
class Pressed:
    """A tap, as it is remembered in the form of a text."""

    update: int
    message: int
    data: str

    def again(self, remembered: Remembered) -> bool:
        """Whether this is a finger that bounced: the same button, and nothing in between.

        Telegram brings texts beside taps, so what was sent after it may have come before it.
        """
        last, _, button = remembered.tap.partition("|")
        if button != self._button:
            return False
        latest = str(max(remembered.handled, default=self.update))
        return last == latest or self.update < int(latest)

    def __str__(self) -> str:
        return f"{self.update}|{self._button}"

    @property
    def _button(self) -> str:
        return f"{self.message}|{self.data}"


@dataclass(frozen=True, slots=True)
class _Begun:
    """``update`` is being handled; it leads from ``before`` to ``now``. None: there is none."""

    now: Remembered = Remembered()
    update: int | None = None
    before: Remembered = Remembered()


class Memory:
    """Each call but ``kept`` and ``alone`` may raise StoreUnavailable."""

    def __init__(self, store: Store, codec: Codec, secret: str) -> None:
        """``secret``: what only those who serve this bot know, such as its token."""
        self._store = store
        self._codec = codec
        self._secret = secret.encode()

    async def recall(self, chat: int, update: int | None = None) -> Remembered:
        """A blank for a chat that is not known, or is remembered in a way that cannot be read.

        ``update``: the one to handle. When it was begun before, and never ended, this is how things
        were before that; for whatever came after it, it has happened.
        """
        begun = await self._looked_up(chat)
        again = begun.update is not None and update == begun.update
        return begun.before if again else begun.now

    @asynccontextmanager
    async def kept(self, chat: int, before: Remembered, now: Remembered) -> AsyncIterator[None]:
        """Remember ``now``, unless what is done within it fails.

        While it is being done both are kept: when this process dies, the reply may have been seen
        or not, and something newer may come first. Goes on without a store that is unavailable.
        """
        if self._store.shared:
            with suppress(StoreUnavailable):
                await self._put(chat, _Begun(now, now.handled[-1], before))
        try:
            yield
        except Exception:
            if self._store.shared:
                with suppress(StoreUnavailable):
                    await self.remember(chat, before)
            raise
        with suppress(StoreUnavailable):
            await self.remember(chat, now)

    async def remember(self, chat: int, remembered: Remembered) -> None:
        """Of ``handled`` the last eight are kept."""
        await self._put(chat, _Begun(remembered))

    async def note(self, chat: int, update: int, tap: str | None = None) -> None:
        """An update that asks for no reply was handled; what was begun before it stays so."""
        begun = await self._looked_up(chat)
        now = replace(
            begun.now,
            handled=(*begun.now.handled, update),
            tap=begun.now.tap if tap is None else tap,
        )
        await self._put(chat, replace(begun, now=now))

    def alone(self, chat: int) -> AbstractAsyncContextManager[None]:
        """Within it no other process handles what happens in this chat."""
        return self._store.alone(self._key(chat))

    async def forget(self, chat: int) -> None:
        await self._store.delete(self._key(chat))

    def _key(self, chat: int) -> str:
        # The word keeps it apart from what else is made with the same secret.
        digest = hmac.digest(self._secret, b"chat %d" % chat, "sha256")
        return base64.urlsafe_b64encode(digest[:_HASH]).decode().rstrip("=")

    async def _looked_up(self, chat: int) -> "_Begun":
        text = await self._store.get(self._key(chat))
        if text is None:
            return _Begun()
        found = _TWO.match(text)
        if found is None:
            return _Begun(self._read(text))
        middle = found.end() + int(found["length"])
        now, before = text[found.end() : middle], text[middle:]
        return _Begun(self._read(now), int(found["update"]), self._read(before))

    async def _put(self, chat: int, begun: "_Begun") -> None:
        text = self._written(begun.now)
        if begun.update is not None:
            text = f"{begun.update} {len(text)}{_SEPARATOR}{text}{self._written(begun.before)}"
        await self._store.put(self._key(chat), text)

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
