"""Whether this process can do its job, for whoever sends people to it."""

from typing import Literal

Part = Literal["web", "telegram", "store"]
State = Literal["starting", "ok", "unreachable"]


class Readiness:
    """One for each process, with the parts that it has; each is starting until it is told.

    A process with pages is ready as soon as they are there, whatever becomes of Telegram: they need
    nothing else. Without pages it needs Telegram. Without the store the conversation goes on.
    """

    def __init__(self, *parts: Part) -> None:
        self._states: dict[Part, State] = dict.fromkeys(parts, "starting")
        self._stopping = False

    def tell(self, part: Part, state: State) -> None:
        self._states[part] = state

    def stop(self) -> None:
        """No longer ready from now on, whatever is told after this."""
        self._stopping = True

    @property
    def ready(self) -> bool:
        needed: Part = "web" if "web" in self._states else "telegram"
        return not self._stopping and self._states.get(needed) == "ok"

    def text(self) -> str:
        """A line for each part, and one more when the process is stopping."""
        lines = [f"{part} {state}\n" for part, state in self._states.items()]
        return "".join(lines) + ("stopping\n" if self._stopping else "")
