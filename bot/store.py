"""Where a chat was, for the time that somebody may go on typing.

Buttons carry their own answers; only typed text needs this. It is kept in memory alone, so a
restart forgets it and nothing about a person ever reaches a disk.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from dialogues.state import NEW, Conversation

_DAY = 24 * 3600.0
_MOST_CHATS = 100_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """``tap``: the last button that was handled; ``album``: the last album that was replied to."""

    conversation: Conversation = NEW
    tap: str = ""
    album: str = ""


class Store(Protocol):
    """What a channel with typed answers needs to remember of a chat."""

    def get(self, chat: int) -> Remembered: ...

    def put(self, chat: int, remembered: Remembered) -> None: ...

    def delete(self, chat: int) -> None: ...


class MemoryStore:
    """Forgets a chat after ``expiry`` seconds of silence, and the oldest beyond ``most``."""

    def __init__(
        self,
        expiry: float = _DAY,
        most: int = _MOST_CHATS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._expiry = expiry
        self._most = most
        self._clock = clock
        self._chats: OrderedDict[int, tuple[float, Remembered]] = OrderedDict()

    def get(self, chat: int) -> Remembered:
        """What is remembered, or a blank for a chat that is not known (any more)."""
        self.forget_old()
        return self._chats[chat][1] if chat in self._chats else Remembered()

    def put(self, chat: int, remembered: Remembered) -> None:
        self._chats[chat] = (self._clock(), remembered)
        self._chats.move_to_end(chat)
        self.forget_old()

    def delete(self, chat: int) -> None:
        self._chats.pop(chat, None)

    def forget_old(self) -> None:
        """Drop what has expired; to be called now and then also when nobody says anything."""
        # The order is that of the last word, so the chats to forget stand in front.
        too_old = self._clock() - self._expiry
        while self._chats:
            chat, (last_word, _) = next(iter(self._chats.items()))
            if last_word > too_old and len(self._chats) <= self._most:
                return
            del self._chats[chat]
