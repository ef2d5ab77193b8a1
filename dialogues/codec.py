"""A choice as a short text and back: what a button carries so that any process can serve it.

``1|event|argument|place|answers``: version; a letter for the event and what it is about; the place
asked for; then a code and a letter for each answer, behind ``+`` when the check goes on after an
early outcome. Who was brought by something, such as a campaign, has its mark behind one more ``|``.
At most 64 bytes, the limit of Telegram; the check of the content watches it.
Codes are part of the content and keep their meaning, so old buttons keep working.

The payload of a link carries the answers alone: ``AwJbN``, and ``A-wJbN`` when the check goes on
after an early outcome. ``A`` is its version; then a code with the letter as a capital for each
answer, so that nothing is needed between them: in a link Telegram allows 64 letters, digits, ``_``
and ``-``. The mark of what brought the person stands at the end, behind ``_``. No id or command has
a capital, so none can be mistaken for a payload. It is always shorter than a button of the same
conversation, so where the buttons fit, it fits.

What a store keeps is written as a button is, with what was explained last in the place of the
event. It has letters that no button has: they are read from a store alone.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from dialogues.content import Content
from dialogues.events import (
    About,
    Answer,
    Ask,
    Assess,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Examples,
    Explaining,
    Forget,
    Help,
    Misunderstood,
    Partly,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Start,
    Stop,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.state import PAGES, Conversation

LIMIT = 64  # bytes
_VERSION = "1"
_SIMPLE: dict[str, Event] = {
    "s": Start(),
    "c": Check(),
    "b": Back(),
    "h": Help(),
    "r": Reading(),
    "p": Privacy(),
    "i": About(),
    "u": ShowOutcome(),
    "d": Continue(),
    "o": Restart(),
    "e": Stop(),
    "v": Forget(),
    "V": Forget(confirmed=True),
}
_LETTERS = {event: letter for letter, event in _SIMPLE.items()}
_PAGE_LETTERS = dict(zip(PAGES, "WAGV", strict=True))
_PAGES = {letter: page for page, letter in _PAGE_LETTERS.items()}
# Letters of the events about something that the content names.
_NAMED: dict[str, Callable[[str], Event]] = {
    "k": Ask,
    "m": lambda name: Ask(name, more=True),
    "t": Topics,
    "x": Examples,
}
# Letter and argument of what only a store keeps.
_KEPT: dict[Explaining, tuple[str, str]] = {
    Assess(): ("j", ""),
    Partly(): ("n", ""),
    **{Unknown(what): ("q", what) for what in get_args(Misunderstood)},
}
_RESTORED = {form: about for about, form in _KEPT.items()}
_SUGGEST = "z"
_PAYLOAD_VERSION = "A"
_MARK = re.compile(r"[A-Za-z0-9_-]{4}")
_PAYLOAD = re.compile(rf"{_PAYLOAD_VERSION}(-?)((?:[a-z]{{1,2}}[A-Z])*)(?:_({_MARK.pattern}))?")
_PAYLOAD_PAIR = re.compile(r"[a-z]+[A-Z]")


class UnreadableButton(ValueError):
    """The data was not made by this codec, or by a version that is gone."""


class Codec:
    def __init__(self, content: Content) -> None:
        self._codes: dict[str, str] = {
            question.id: question.code for question in content.questions.values()
        }
        self._questions = {code: question for question, code in self._codes.items()}
        self._options: dict[str, dict[str, str]] = {
            question.id: {option.id[0]: option.id for option in question.options}
            for question in content.questions.values()
        }

    def encode(self, conversation: Conversation, event: Event) -> str:
        """The data for a button that means ``event`` in ``conversation``.

        What was explained above the button is left out: the event ends it.
        """
        return f"{self.meaning(event)}|{self.carried(conversation)}"

    def meaning(self, event: Event) -> str:
        """The first part of a button's data: the event, whatever the conversation is."""
        return "|".join((_VERSION, *self._encode_event(event)))

    def carried(self, conversation: Conversation) -> str:
        """The last part: the conversation, the same in every button below a message."""
        place = _PAGE_LETTERS.get(conversation.at) or self._codes.get(conversation.at, "")
        answers = ".".join(
            self._encode_answer(question, option)
            for question, option in conversation.answers.items()
        )
        carried = f"{place}|+{answers}" if conversation.complete else f"{place}|{answers}"
        return f"{carried}|{conversation.origin}" if conversation.origin else carried

    def decode(self, data: str) -> tuple[Conversation, Event]:
        """Read the data of a button. Raises UnreadableButton when it makes no sense.

        A code that the content no longer knows is kept as it is: the conversation finds out that
        the questions have changed, and says so.
        """
        conversation, letter, argument = self._read(data)
        return conversation, self._decode_event(letter, argument)

    def kept(self, conversation: Conversation) -> str:
        """The whole conversation, with what was explained last, as a text for a store."""
        about = "|".join((_VERSION, *self._encode_about(conversation.about)))
        return f"{about}|{self.carried(conversation)}"

    def restored(self, text: str) -> Conversation | None:
        """The conversation that was kept; None for a text that is none.

        A code that the content no longer knows is kept, as in ``decode``.
        """
        try:
            conversation, letter, argument = self._read(text)
            about = self._decode_about(letter, argument)
        except UnreadableButton:
            return None
        return replace(conversation, about=about)

    def payload(self, conversation: Conversation) -> str:
        """The answers, ``complete`` and ``origin`` as the payload of a link, without the place."""
        pairs = (
            f"{self._codes[question]}{option[0].upper()}"
            for question, option in conversation.answers.items()
        )
        mark = f"_{conversation.origin}" if conversation.origin else ""
        return "".join((_PAYLOAD_VERSION, "-" if conversation.complete else "", *pairs, mark))

    def opened(self, payload: str) -> Conversation | None:
        """The conversation that a payload carries; None for a text that is no payload.

        A code that the content no longer knows is kept, as in ``decode``.
        """
        read = _PAYLOAD.fullmatch(payload)
        if read is None:
            return None
        complete, given, origin = read.groups()
        pairs = (pair.lower() for pair in _PAYLOAD_PAIR.findall(given))
        answers = dict(map(self._decode_answer, pairs))
        return Conversation(answers, complete=bool(complete), origin=origin or "")

    def _read(self, data: str) -> tuple[Conversation, str, str]:
        version, *fields = data.split("|")
        marked = len(fields) == 5 and _MARK.fullmatch(fields[-1])
        if version != _VERSION or not (marked or len(fields) == 4):
            raise UnreadableButton(data)
        letter, argument, place, answers = fields[:4]
        given = answers.removeprefix("+")
        conversation = Conversation(
            answers=dict(map(self._decode_answer, given.split("."))) if given else {},
            at=_PAGES.get(place) or self._questions.get(place, ""),
            complete=answers.startswith("+"),
            origin=fields[-1] if marked else "",
        )
        return conversation, letter, argument

    def _encode_event(self, event: Event) -> tuple[str, str]:
        match event:
            case Answer(question=question, option=option):
                return "a", self._encode_answer(question, option)
            case Change(question=question):
                return "w", self._codes.get(question, question)
            case Ask(name=name, more=more):
                return "m" if more else "k", name
            case Topics(topic=topic):
                return "t", topic
            case Examples(by=by):
                return "x", by
            case _:
                return _LETTERS[event], ""

    def _decode_event(self, letter: str, argument: str) -> Event:
        if letter == "a":
            return Answer(*self._decode_answer(argument))
        if letter == "w":
            return Change(self._questions.get(argument, argument))
        if letter in _NAMED:
            return _NAMED[letter](argument)
        if letter in _SIMPLE and not argument:
            return _SIMPLE[letter]
        raise UnreadableButton(letter)

    def _encode_about(self, about: Explaining | None) -> tuple[str, str]:
        if about is None:
            return "", ""
        if isinstance(about, Suggest):
            return _SUGGEST, ",".join("".join(self._encode_event(e)) for e in about.events)
        return _KEPT.get(about) or self._encode_event(about)

    def _decode_about(self, letter: str, argument: str) -> Explaining | None:
        if not letter and not argument:
            return None
        if (letter, argument) in _RESTORED:
            return _RESTORED[letter, argument]
        if letter == _SUGGEST:
            events = (self._decode_event(e[:1], e[1:]) for e in argument.split(","))
            return Suggest(tuple(events))
        event = self._decode_event(letter, argument)
        if isinstance(event, Explaining):
            return event
        raise UnreadableButton(letter)

    def _encode_answer(self, question: str, option: str) -> str:
        return f"{self._codes.get(question, question)}{option[:1]}"

    def _decode_answer(self, pair: str) -> tuple[str, str]:
        code, letter = pair[:-1], pair[-1:]
        question = self._questions.get(code, code)
        return question, self._options.get(question, {}).get(letter, letter)
