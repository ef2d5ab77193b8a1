"""The small mark-up of the content, read into a tree that every channel renders in its own way.

Paragraphs are separated by an empty line, list lines start with ``- ``, ``**bold**`` and
``[label](https://...)`` stand inside a line. There is nothing else, so that a text can be shown
in a terminal, in Telegram, on a page and on paper.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


class MarkupError(ValueError):
    """A text breaks the mark-up; the argument is the piece of text that does."""


@dataclass(frozen=True, slots=True)
class Plain:
    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    address: str


Span = Plain | Bold | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[tuple[Span, ...], ...]


Block = Paragraph | Bullets
Body = tuple[Block, ...]

_SPAN = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<label>[^\]\n]+)\]\((?P<address>https://[^\s)]+)\)"
)
_LEFTOVER = re.compile(r"\*\*|\]\(|<[a-zA-Z/]")


@lru_cache(maxsize=4096)  # all texts are content, so the same few come back on every turn
def parse(source: str) -> Body:
    """Read a text. Raises MarkupError for a stray ``**``, a link that is not https, or HTML."""
    return tuple(
        block for part in re.split(r"\n\s*\n", source.strip()) if part for block in _blocks(part)
    )


def _blocks(part: str) -> Iterable[Block]:
    """One part between empty lines: lines of prose, then perhaps a list directly below."""
    prose: list[str] = []
    items: list[str] = []
    for line in part.splitlines():
        if line.startswith("- "):
            items.append(line[2:])
        elif items:
            items[-1] += " " + line.strip()
        else:
            prose.append(line.strip())
    if prose:
        yield Paragraph(_spans(" ".join(prose)))
    if items:
        yield Bullets(tuple(map(_spans, items)))


def _spans(line: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    position = 0
    for match in _SPAN.finditer(line):
        if match.start() > position:
            spans.append(_plain(line[position : match.start()]))
        if match["bold"]:
            spans.append(Bold(match["bold"]))
        else:
            spans.append(Link(match["label"], match["address"]))
        position = match.end()
    if position < len(line):
        spans.append(_plain(line[position:]))
    return tuple(spans)


def _plain(text: str) -> Plain:
    if wrong := _LEFTOVER.search(text):
        raise MarkupError(text[wrong.start() : wrong.start() + 20])
    return Plain(text)


def bullets(rows: Iterable[str]) -> Body:
    """A list of which each row is a text with mark-up; no list without rows."""
    return parse("\n".join(f"- {row}" for row in rows))


def plain(body: Body) -> str:
    """The words of a text without any mark-up: for scripts, and for measuring language."""
    return "\n\n".join(
        words(block.spans)
        if isinstance(block, Paragraph)
        else "\n".join(f"- {words(item)}" for item in block.items)
        for block in body
    )


def words(spans: tuple[Span, ...]) -> str:
    return "".join(
        f"{span.text} ({span.address})" if isinstance(span, Link) else span.text for span in spans
    )
