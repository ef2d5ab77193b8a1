"""How a process ends: first it is taken out of service, then it closes its doors."""

import asyncio

from bot.readiness import Readiness

# Seconds for a proxy to see that we are not ready. With what `bot.web.run` allows for the last
# requests it is less than the ten that a container gets.
LINGER = 2.0


class Stopping:
    """``told`` is set when the end begins, ``closing`` when no more may come in."""

    def __init__(self, readiness: Readiness) -> None:
        self.told = asyncio.Event()
        self.closing = asyncio.Event()
        self._readiness = readiness

    def gently(self) -> None:
        """Not ready from now on, but open for `LINGER` seconds more: the answer to SIGTERM."""
        self._readiness.stop()
        self.told.set()
        asyncio.get_running_loop().call_later(LINGER, self.closing.set)

    def at_once(self) -> None:
        """As `gently`, without the time to be noticed: nobody at a keyboard waits for that."""
        self._readiness.stop()
        self.told.set()
        self.closing.set()
