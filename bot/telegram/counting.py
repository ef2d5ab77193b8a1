"""Counts what people do in Telegram: each update once, however often Telegram brings it."""

import hmac
from dataclasses import dataclass

from bot.counts.tally import Tally
from dialogues.events import Event
from dialogues.state import Conversation

_MARK = 16  # bytes
_BLOCK = 256  # updates, so that the place in it is one byte


@dataclass(frozen=True, slots=True)
class Done:
    """What an event did. ``started``: somebody came in with it."""

    before: Conversation
    event: Event
    after: Conversation
    started: bool = False


class Counting:
    def __init__(self, tally: Tally, secret: str) -> None:
        """``secret``: what only those who serve this bot know, such as its token."""
        self._tally = tally
        self._secret = secret.encode()
        self._block: int | None = None
        self._beginning = b""

    async def turn(self, update: int, done: Done) -> None:
        """Count what was replied to. Never raises, and never takes long."""
        mark = self._mark(update)
        await self._tally.turn(done.before, done.event, done.after, started=done.started, once=mark)

    def _mark(self, update: int) -> bytes:
        """Those of updates that follow each other begin alike, so they stand together in a file.

        A mark in a place of its own costs three times as much.
        """
        block, place = divmod(update, _BLOCK)
        if block != self._block:
            # The word keeps it apart from what else is made with the same secret.
            digest = hmac.digest(self._secret, b"updates %d" % block, "sha256")
            self._block, self._beginning = block, digest[: _MARK - 1]
        return self._beginning + bytes((place,))
