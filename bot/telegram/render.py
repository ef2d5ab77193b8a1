"""A turn as Telegram messages: HTML of at most 4,096 characters each, and an inline keyboard."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from telegram.constants import MessageLimit

from dialogues import markup
from dialogues.codec import Codec
from dialogues.markup import Bold, Bullets, Link, Span
from dialogues.state import Conversation
from dialogues.texts import Texts
from dialogues.turn import Choice, Message, Progress, Turn

_ANSWERS_SIDE_BY_SIDE = 12  # characters that fit in a third of a phone's width
_HALF_A_ROW = 16
Button = dict[str, str]
_PARAGRAPH, _LINE = "\n\n", "\n"
_HERE = "\0"  # what no text can have, and how JSON writes it
_HERE_IN_JSON = json.dumps(_HERE)[1:-1]


@dataclass(frozen=True, slots=True)
class Text:
    """Telegram's HTML, and the same as plain text for when the HTML is refused."""

    html: str
    plain: str

    @property
    def length(self) -> int:
        """In UTF-16 units, as Telegram counts; with the tags, which it does not count."""
        return max(len(text.encode("utf-16-le")) for text in (self.html, self.plain)) // 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that is never split, and what stands before it when it follows another piece."""

    before: str
    text: Text


class Renderer:
    """Keeps what it rendered: the same messages and choices come back all the time."""

    def __init__(self, texts: Texts, codec: Codec) -> None:
        self._texts = texts
        self._codec = codec
        self._packed = lru_cache(maxsize=1024)(self._pack)
        self._around = lru_cache(maxsize=1024)(self._cut)

    def texts(self, turn: Turn) -> Sequence[Text]:
        """The messages of the turn, packed into as few Telegram messages as possible."""
        return self._packed(turn.messages, turn.progress)

    def _pack(self, messages: Sequence[Message], progress: Progress | None) -> Sequence[Text]:
        full: list[list[_Piece]] = []
        room = 0
        for piece in self._pieces(messages, progress):
            needed = len(piece.before) + piece.text.length
            if not full or needed > room:
                full.append([])
                room = MessageLimit.MAX_TEXT_LENGTH
            full[-1].append(piece)
            room -= needed
        return tuple(_joined(pieces) for pieces in full)

    def keyboard(
        self, conversation: Conversation, turn: Turn, more: Sequence[list[Button]] = ()
    ) -> str | None:
        """The choices as an inline keyboard, in JSON; its buttons carry the whole conversation.

        ``more``: rows that stand below the choices.
        """
        if not turn.choices:
            return keyboard_of(more) if more else None
        here = json.dumps(self._codec.carried(conversation))[1:-1]
        keyboard = here.join(self._around(turn.choices))
        if not more:
            return keyboard
        return f"{keyboard[:-2]}, {json.dumps(more, ensure_ascii=False)[1:-1]}]}}"

    def _cut(self, choices: Sequence[Choice]) -> Sequence[str]:
        """The keyboard, cut where each button carries the conversation: all carry the same."""
        buttons = [
            {
                "text": self._label(choice),
                "callback_data": f"{self._codec.meaning(choice.event)}|{_HERE}",
            }
            for choice in choices
        ]
        answers = sum(choice.role == "answer" for choice in choices)
        rows = (*_answer_rows(buttons[:answers]), *_other_rows(buttons[answers:]))
        return keyboard_of(rows).split(_HERE_IN_JSON)

    def _label(self, choice: Choice) -> str:
        if choice.selected:
            return self._texts.button_selected.text(antwoord=choice.label)
        return choice.label

    def _pieces(self, messages: Sequence[Message], progress: Progress | None) -> Iterator[_Piece]:
        for message in messages:
            if message.kind == "question" and progress:
                yield _Piece(_PARAGRAPH, _plain(self._progress(progress)))
            yield from _message(message)

    def _progress(self, progress: Progress) -> str:
        return self._texts.progress.text(nummer=progress.number, hooguit=progress.at_most)


def keyboard_of(rows: Sequence[list[Button]]) -> str:
    """An inline keyboard as the Bot API reads it.

    Written as JSON at once: making the library's button objects and turning them into JSON
    afterwards was a quarter of the work of a turn (``make bench``).
    """
    return json.dumps({"inline_keyboard": rows}, ensure_ascii=False)


def _message(message: Message) -> Iterator[_Piece]:
    before = _PARAGRAPH
    if message.title:
        yield _Piece(before, Text(f"<b>{escape(message.title)}</b>", message.title))
        before = _LINE
    for block in message.body:
        if isinstance(block, Bullets):
            for item in block.items:
                yield _Piece(before, Text(f"• {_html(item)}", f"• {markup.words(item)}"))
                before = _LINE
        else:
            yield _Piece(before, Text(_html(block.spans), markup.words(block.spans)))
        before = _PARAGRAPH


def _html(spans: tuple[Span, ...]) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    match span:
        case Bold(text=text):
            return f"<b>{escape(text)}</b>"
        case Link(text=text, address=address):
            return f'<a href="{escape(address)}">{escape(text)}</a>'
        case markup.Plain(text=text):
            return escape(text)


def _plain(text: str) -> Text:
    return Text(escape(text), text)


def _joined(pieces: list[_Piece]) -> Text:
    first, *others = pieces
    html = first.text.html + "".join(piece.before + piece.text.html for piece in others)
    plain = first.text.plain + "".join(piece.before + piece.text.plain for piece in others)
    return Text(html, plain)


def _answer_rows(buttons: list[Button]) -> list[list[Button]]:
    if all(len(button["text"]) <= _ANSWERS_SIDE_BY_SIDE for button in buttons):
        return [buttons] if buttons else []
    return [[button] for button in buttons]


def _other_rows(buttons: list[Button]) -> list[list[Button]]:
    """Two in a row where both are short, so that words are not cut off on a phone."""
    rows: list[list[Button]] = []
    for button in buttons:
        short = len(button["text"]) <= _HALF_A_ROW
        if rows and short and len(rows[-1]) == 1 and len(rows[-1][0]["text"]) <= _HALF_A_ROW:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows
