"""Who may see the figures: who knows the password, and then for a while without typing it again.

Nothing is kept about anybody. Wrong passwords are counted together, whoever sent them, so that
guessing takes for ever; others cannot come in during that minute either.
"""

import hashlib
import hmac
import time
from collections import deque
from collections.abc import Callable

_MOST_WRONG = 10
_MINUTE = 60.0  # seconds
_TICKET_LASTS = 15 * 60  # seconds


class TooManyAttempts(Exception):
    """Nobody is let in by password now. The argument: seconds until that may be tried again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds)


class Admission:
    """``clock``: seconds, the same in every process that has this password."""

    def __init__(self, password: str, clock: Callable[[], float] = time.time) -> None:
        self._password = password
        self._clock = clock
        self._wrong: deque[float] = deque(maxlen=_MOST_WRONG)

    def knows(self, given: str) -> bool:
        """Whether this is the password. Raises TooManyAttempts."""
        now = self._clock()
        if len(self._wrong) == _MOST_WRONG and (left := self._wrong[0] + _MINUTE - now) > 0:
            raise TooManyAttempts(int(left) + 1)
        right = _same(given, self._password)
        if not right:
            self._wrong.append(now)
        return right

    def ticket(self) -> str:
        """What lets somebody in who was let in just now."""
        ends = str(int(self._clock()) + _TICKET_LASTS)
        return f"{ends}.{self._signed(ends)}"

    def accepts(self, ticket: str) -> bool:
        """Whether a ticket is ours and has not ended."""
        ends, _, signature = ticket.partition(".")
        return _same(signature, self._signed(ends)) and int(ends) > self._clock()

    def _signed(self, ends: str) -> str:
        return hmac.new(self._password.encode(), ends.encode(), hashlib.sha256).hexdigest()


def _same(given: str, ours: str) -> bool:
    # Of equal length, so that comparing takes as long whatever was given.
    digests = (hashlib.sha256(text.encode()).digest() for text in (given, ours))
    return hmac.compare_digest(*digests)
