"""Where chats were, for the time that somebody may go on typing: a text for each key.

Buttons carry their own answers; only typed text needs this. In memory it is gone with the process,
and nothing about a person ever reaches a disk. Processes that share the work share a store behind
the same port (``bot/redis_store.py``).

A chat with all there is to remember takes 330 bytes in memory, so the most that is kept takes
33 MB: measured by ``test_a_chat_takes_little_memory`` in ``tests/telegram/test_memory.py``.
"""

import struct
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol

DAY = 24 * 3600.0  # seconds
_MOST = 100_000
_TIME = struct.Struct("d")


class StoreUnavailable(Exception):
    """What is in the store cannot be had now; whoever asks goes on without."""


class Store(Protocol):
    """Texts by key, each forgotten some time after it was put.

    ``get``, ``put`` and ``delete`` may raise StoreUnavailable, and nothing else. ``shared``:
    whether others have it as well, and still have it when this process dies.
    """

    @property
    def shared(self) -> bool: ...

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, value: str) -> None: ...

    async def delete(self, key: str) -> None: ...

    def alone(self, key: str) -> AbstractAsyncContextManager[None]:
        """Within it nobody else who shares the store is alone with the same key."""
        ...

    async def close(self) -> None: ...


class MemoryStore:
    """Forgets a text ``expiry`` seconds after it was put, and the oldest beyond ``most``.

    Always available.
    """

    shared = False

    def __init__(
        self,
        expiry: float = DAY,
        most: int = _MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._expiry = expiry
        self._most = most
        self._clock = clock
        # The time and the text as one object: apart they take a third more memory.
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def get(self, key: str) -> str | None:
        """The text, or None for a key that is not known (any more)."""
        self.forget_old()
        kept = self._kept.get(key)
        return None if kept is None else kept[_TIME.size :].decode("utf-8", "surrogatepass")

    async def put(self, key: str, value: str) -> None:
        self._kept[key] = _TIME.pack(self._clock()) + value.encode("utf-8", "surrogatepass")
        self._kept.move_to_end(key)
        self.forget_old()

    async def delete(self, key: str) -> None:
        self._kept.pop(key, None)

    def alone(self, key: str) -> AbstractAsyncContextManager[None]:
        """Nobody else shares it, and within a process turns are kept apart already."""
        return nullcontext()

    async def close(self) -> None:
        self._kept.clear()

    def forget_old(self) -> None:
        """Drop what has expired; to be called now and then also when nobody says anything."""
        # The order is that of putting, so what is to be forgotten stands in front.
        too_old = self._clock() - self._expiry
        while self._kept:
            key, kept = next(iter(self._kept.items()))
            if _TIME.unpack_from(kept)[0] > too_old and len(self._kept) <= self._most:
                return
            del self._kept[key]
