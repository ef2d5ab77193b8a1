"""What Telegram makes of a turn: its own remarks, and what gets a message to itself."""

from dataclasses import replace

from bot.telegram.texts import TelegramTexts
from dialogues.conversation import handle
from dialogues.events import Ask, Event, Examples, Forget, Privacy, Topics
from dialogues.flow import WELCOME, Flow
from dialogues.markup import Body
from dialogues.state import Conversation, place_of
from dialogues.turn import Choice, Message, Turn
from dialogues.views import view


class Composition:
    def __init__(self, flow: Flow, texts: TelegramTexts, counted: Body) -> None:
        """``counted``: the list of what is counted; empty if nothing is."""
        self._flow = flow
        self._extra = {
            Privacy(): (*texts.privacy, *counted),
            Forget(confirmed=True): texts.forgotten,
        }

    def handled(self, conversation: Conversation, event: Event) -> tuple[Conversation, Turn]:
        """As the core does it, with what only Telegram has to add."""
        after, turn = handle(self._flow, conversation, event)
        if isinstance(event, Privacy | Forget) and event in self._extra:
            added = Message("notice", self._extra[event])
            *said, last = turn.messages
            # What is asked for at the start has a page to itself.
            alone = event == Privacy() and last.kind == "explanation"
            turn = replace(turn, messages=(*said, *((last, added) if alone else (added, last))))
        return after, turn

    def parts(self, after: Conversation, turn: Turn) -> list[Turn]:
        """What is explained, to stay when the next tap replaces the message with the question."""
        *said, place = turn.messages
        offers = _offers(turn) if self._at_question(after) else ()
        explained = any(message.kind in ("explanation", "help") for message in said)
        if place_of(self._flow, after) == WELCOME or not (offers or explained):
            return [turn]
        below = view(self._flow, replace(after, about=None)) if offers else turn
        return [Turn(tuple(said), offers), replace(below, messages=(place,))]

    def explained_only(self, turn: Turn) -> Turn:
        """Only what was explained and what goes with it: the question stands below it already."""
        return Turn(turn.messages[:-1], _offers(turn))

    def beside(self, event: Event, after: Conversation) -> bool:
        """Whether a tapped button belongs to an explanation whose question stands below it."""
        asked = isinstance(event, Ask | Topics | Examples) and after.about is not None
        return asked and self._at_question(after)

    def _at_question(self, conversation: Conversation) -> bool:
        return place_of(self._flow, conversation) in self._flow.content.questions


def _offers(turn: Turn) -> tuple[Choice, ...]:
    return tuple(choice for choice in turn.choices if choice.role == "offer")
