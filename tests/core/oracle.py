"""The rules of a conversation, written down a second time and without the product's code for them.

Where a conversation is, what can be done there, and what an event makes of it.
"""

from collections.abc import Iterator
from dataclasses import replace

from dialogues import events
from dialogues.events import (
    Answer,
    Ask,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Explaining,
    Start,
    Stop,
    Unknown,
)
from dialogues.state import NEW, PAGES, Conversation
from tests.core import definition
from tests.core.definition import OPTIONS, QUESTIONS

LOOKING_AT_PLACE: tuple[Event, ...] = (Back(),)
MOVES: tuple[Event, ...] = (
    *(Start(), Check(), Stop(), Continue(), events.Restart(), events.ShowOutcome()),
    *(events.Forget(), events.Forget(confirmed=True)),
)
WELCOME, *OTHER_PAGES = PAGES


def behind(conversation: Conversation) -> tuple[str, ...]:
    return definition.passed(conversation.answers, complete=conversation.complete)


def here(conversation: Conversation) -> str:
    return definition.here(conversation.answers, complete=conversation.complete)


def at(conversation: Conversation, place: str) -> Conversation:
    return Conversation(conversation.answers, place, conversation.complete)


def places(conversation: Conversation) -> Iterator[Conversation]:
    for name in ("", *PAGES, *behind(conversation)):
        yield at(conversation, name)


def place(conversation: Conversation) -> str:
    """The oracle for the place."""
    if conversation.at in (*PAGES, *behind(conversation)):
        return conversation.at
    return here(conversation)


def stopped_early(conversation: Conversation) -> bool:
    """There is an outcome, and still something to ask."""
    to_ask = definition.passed(conversation.answers, complete=True)
    all_asked = len(to_ask) == len(QUESTIONS) == len(behind(conversation))
    return here(conversation) not in QUESTIONS and not all_asked


def expected(before: Conversation, event: Event) -> Conversation:
    """The oracle for what an event does to a conversation."""
    leads_to = here(before)
    steps = (WELCOME, *behind(before), leads_to)
    shown = place(before)
    match event:
        case events.More():
            about = before.about
            deeper = Ask(about.name, more=True) if isinstance(about, Ask) else events.Help()
            return explained(before, deeper)
        case events.Ask() | events.Topics() | events.Examples() if not known(event):
            return at(before, before.at)
        case _ if isinstance(event, Explaining):
            return explained(before, event)
        case Answer(question=question, option=option) if question in steps and option in OPTIONS:
            return Conversation({**before.answers, question: option}, "", before.complete)
        case Change(question=question) if not question:
            return at(before, "wijzigen")
        case Change(question=question) if question in QUESTIONS and question in steps:
            return at(before, question)
        case Check():
            return at(before, "")
        case Start():
            return at(before, WELCOME)
        case Stop():
            return at(before, "gestopt")
        case events.Forget(confirmed=confirmed):
            return NEW if confirmed else at(before, "vergeten")
        case events.Restart():
            return Conversation()
        case Continue() if stopped_early(before):
            return Conversation(before.answers, "", complete=True)
        case events.ShowOutcome() if leads_to not in QUESTIONS:
            return at(before, "")
        case Back() if before.about and (shown == WELCOME or shown not in (*PAGES, *QUESTIONS)):
            return at(before, before.at)
        case Back() if shown in OTHER_PAGES:
            return at(before, "" if before.answers else WELCOME)
        case Back() if shown != WELCOME:
            return at(before, steps[steps.index(shown) - 1])
    return at(before, before.at)


def explained(before: Conversation, event: Explaining) -> Conversation:
    """What is explained is remembered until the next event; asking for a verdict begins."""
    typed = ("text", "story", "answer", "lost")
    earlier = before.about
    unknown = [said.what for said in (event, earlier) if isinstance(said, Unknown)]
    if len(unknown) == 2 and set(unknown) <= set(typed):
        event = Unknown("lost")
    begins = event == events.Assess() and before.at in PAGES
    return replace(before, at="" if begins else before.at, about=event)


def known(event: Ask | events.Topics | events.Examples) -> bool:
    """The content is not asked: these are names that stand in no content."""
    return "weer" not in (getattr(event, name) for name in event.__slots__) and event != Ask("")


def acceptable(conversation: Conversation) -> set[Event]:
    """The oracle for what can be done."""
    on_path = [q for q in (*behind(conversation), here(conversation)) if q in QUESTIONS]
    moves = {*LOOKING_AT_PLACE, *MOVES}
    if not stopped_early(conversation):
        moves.remove(Continue())
    answers = {Answer(question, option) for question in on_path for option in OPTIONS}
    return {*moves, Change(), *map(Change, on_path), *answers}
