"""Conversations as data: what a person types, and what the replies say in any channel.

In each step of ``gesprekken/*.yaml``: ``zeg`` is typed (or tapped, where a button has that label);
``bevat`` are pieces of text that the reply has, ``bevat_niet`` pieces that it has not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

# Holds a conversation: from what is typed, step by step, to the replies.
Channel = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    say: str
    contains: tuple[str, ...]
    contains_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    steps: tuple[Step, ...]

    def check(self, channel: Channel) -> None:
        """Hold the conversation and compare every reply."""
        replies = channel([step.say for step in self.steps])

        assert len(replies) == len(self.steps)
        for number, (step, reply) in enumerate(zip(self.steps, replies, strict=True), start=1):
            said = _on_one_line(reply)
            where = f"step {number}, {step.say!r}, was answered with: {said}"
            for piece in step.contains:
                assert _on_one_line(piece) in said, where
            for piece in step.contains_not:
                assert _on_one_line(piece) not in said, where


def _on_one_line(text: str) -> str:
    """Channels break lines in their own ways."""
    return " ".join(text.split())


def _load() -> list[Table]:
    rows = [
        row
        for path in sorted((Path(__file__).parent / "gesprekken").glob("*.yaml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    return [
        Table(
            row["naam"],
            tuple(
                Step(
                    str(step["zeg"]),
                    tuple(step.get("bevat", ())),
                    tuple(step.get("bevat_niet", ())),
                )
                for step in row["stappen"]
            ),
        )
        for row in rows
    ]


TABLES = _load()
