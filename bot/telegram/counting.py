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

    async def turn(self, update: int, done: Done) -> None:
        """Count what was replied to. Never raises, and never takes long."""
        # Marks of updates that follow each other begin alike, so they come to stand together in a
        # file. A mark in a place of its own costs three times as much.
        block, place = divmod(update, _BLOCK)
        # The word keeps it apart from what else is made with the same secret.
        digest = hmac.digest(self._secret, b"updates %d" % block, "sha256")
        mark = digest[: _MARK - 1] + bytes((place,))
        await self._tally.turn(done.before, done.event, done.after, started=done.started, once=mark)
