"""What to say, not how: the value that every channel renders."""

from dataclasses import dataclass
from typing import Literal

from dialogues.events import Event
from dialogues.markup import Body

Kind = Literal["explanation", "question", "help", "outcome", "overview", "notice", "reaction"]


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said: an optional heading and a text."""

    kind: Kind
    body: Body
    title: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something on offer. ``event`` is what choosing it means.

    ``role``: an answer to the open question, an offer that goes with what was explained, a step
    within the conversation, or a way out of it.
    ``selected``: the answer that was given before.
    """

    label: str
    event: Event
    role: Literal["answer", "offer", "step", "menu"] = "menu"
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Question ``number`` of at most ``at_most``."""

    number: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The reply to one event. ``finished``: the person has ended the conversation."""

    messages: tuple[Message, ...]
    choices: tuple[Choice, ...]
    progress: Progress | None = None
    finished: bool = False
