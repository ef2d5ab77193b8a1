"""A turn as plain text: for the terminal, with or without bold."""

import os
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TextIO

from dialogues.fields import Template
from dialogues.markup import Block, Bold, Bullets, Link, Paragraph, Plain, Span
from dialogues.texts import Texts
from dialogues.turn import Message, Turn

_READABLE_WIDTH = 76
_NARROWEST = 24
_NUMBER_WIDTH = 5  # columns for the number of a choice, so that labels stand in line
_BOLD, _NORMAL = "\x1b[1m", "\x1b[0m"
# While lines are measured one character stands for each escape sequence.
_BOLD_MARK, _NORMAL_MARK = "\x0e", "\x0f"


@dataclass(frozen=True, slots=True)
class Page:
    """How to lay out text. ``width`` in characters; ``colour``: bold is allowed."""

    width: int
    colour: bool

    def turn(self, turn: Turn, texts: Texts, choice_line: Template) -> str:
        """The messages, the progress above the question, and the numbered choices."""
        parts = []
        for message in _each_address_once(turn.messages):
            if message.kind == "question" and turn.progress:
                number, at_most = turn.progress.number, turn.progress.at_most
                parts.append(texts.progress.text(nummer=number, hooguit=at_most))
            parts.append(self._message(message))
        rows = []
        for number, choice in enumerate(turn.choices, start=1):
            label = choice.label
            if choice.selected:
                label = texts.button_selected.text(antwoord=label)
            row = choice_line.text(nummer=f"{number:>{_NUMBER_WIDTH}}", tekst=label)
            rows.append(self.wrapped(row, hanging=" " * (row.index(label))))
        return "\n\n".join([*parts, "\n".join(rows)]).strip() + "\n"

    def messages(self, *messages: Message) -> str:
        """Messages without the rest of a turn."""
        return "\n\n".join(map(self._message, _each_address_once(messages)))

    def _message(self, message: Message) -> str:
        parts = list(self._blocks(message))
        if message.title:
            title = self.wrapped(f"{_BOLD_MARK}{message.title}{_NORMAL_MARK}")
            return "\n".join([title, *parts[:1]] + [f"\n{part}" for part in parts[1:]])
        return "\n\n".join(parts)

    def _blocks(self, message: Message) -> Iterator[str]:
        for block in message.body:
            if isinstance(block, Bullets):
                items = (self._spans(item) for item in block.items)
                yield "\n".join(self.wrapped(f"- {item}", hanging="  ") for item in items)
            else:
                yield self.wrapped(self._spans(block.spans))

    def _spans(self, spans: tuple[Span, ...]) -> str:
        return "".join(map(self._span, spans))

    def _span(self, span: Span) -> str:
        if isinstance(span, Bold):
            return f"{_BOLD_MARK}{span.text}{_NORMAL_MARK}"
        return f"{span.text} <{span.address}>" if isinstance(span, Link) else span.text

    def wrapped(self, text: str, hanging: str = "") -> str:
        """Lines of at most the width; ``hanging`` stands before all but the first."""
        lines = textwrap.fill(
            text,
            self.width,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        bold, normal = (_BOLD, _NORMAL) if self.colour else ("", "")
        return lines.replace(_BOLD_MARK, bold).replace(_NORMAL_MARK, normal)


def _each_address_once(messages: Iterable[Message]) -> Iterator[Message]:
    """The messages with every address at its last mention alone.

    The reasons of an outcome rest on the same few sources, and addresses are longer than lines.
    What to read stands at the end, and there people look for an address.
    """
    messages = tuple(messages)
    to_come = Counter(
        span.address
        for message in messages
        for block in message.body
        for item in (block.items if isinstance(block, Bullets) else (block.spans,))
        for span in item
        if isinstance(span, Link)
    )

    def once(span: Span) -> Span:
        if not isinstance(span, Link):
            return span
        to_come[span.address] -= 1
        return Plain(span.text) if to_come[span.address] else span

    def rewritten(block: Block) -> Block:
        if isinstance(block, Bullets):
            return Bullets(tuple(tuple(map(once, item)) for item in block.items))
        return Paragraph(tuple(map(once, block.spans)))

    for message in messages:
        yield replace(message, body=tuple(map(rewritten, message.body)))


def page_for(output: TextIO) -> Page:
    """The layout that suits an output: bold only on a terminal, and lines that can be read."""
    columns = shutil.get_terminal_size((_READABLE_WIDTH, 24)).columns
    colour = output.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Page(width=max(_NARROWEST, min(columns, _READABLE_WIDTH)), colour=colour)
