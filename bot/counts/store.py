"""Where the sums are kept: what every such place can do, and what may be wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.counts.measures import Channel, Count

# Why nothing can be written or read. Each has a text in `tellingen.yaml`.
Trouble = Literal["damaged", "strange", "read_only", "full", "busy", "unreachable"]


class CountsUnavailable(Exception):
    """The sums cannot be reached, or not be trusted, for now."""

    def __init__(self, why: Trouble) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one turn adds. ``once``: entries with the same mark count one time; empty is no mark."""

    day: date
    campaign: str
    channel: Channel
    counts: tuple[Count, ...]
    once: bytes = b""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is written together, or not at all. One that failed is brought again as it was.

    ``id``: eight bytes by which a store knows that one, where it may have been written without our
    hearing of it.
    """

    id: bytes
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A sum. ``campaign`` and ``name`` may be empty; the others are values of their enumerations.

    They are plain texts here: another version of the program may have counted something else.
    """

    day: date
    campaign: str
    channel: str
    measure: str
    name: str
    number: int


class CountStore(Protocol):
    """Every call but ``close`` may raise CountsUnavailable, and nothing else."""

    async def write(self, batch: Batch) -> None:
        """Add all of it at once. An empty batch only finds out whether writing is possible."""
        ...

    async def read(self, since: date | None) -> Sequence[Row]:
        """The sums of that day and later ones; without a day, all."""
        ...

    async def close(self) -> None: ...
