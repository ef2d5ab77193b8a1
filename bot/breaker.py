"""Says when to try something that may be broken."""

from collections.abc import Callable

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 15.0  # seconds


class Breaker:
    """After a failure it says no for a while, and then yes to one call first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._pause = 0.0
        self._until = 0.0
        self._trying = False

    def rests(self) -> bool:
        return self._pause > 0 and self._clock() < self._until

    def allows(self) -> bool:
        """Whether this call may try. The first one after a pause tries for all others."""
        if self.rests():
            return False
        if self._pause > 0:
            self._trying = True
            self._until = self._clock() + self._pause
        return True

    def failed(self) -> None:
        # Calls that were under way together fail together: that is one failure.
        if self._pause > 0 and not self._trying:
            return
        self._trying = False
        self._pause = min(2 * self._pause, _LONGEST_PAUSE) or _FIRST_PAUSE
        self._until = self._clock() + self._pause

    def worked(self) -> None:
        self._pause = 0.0
        self._trying = False
