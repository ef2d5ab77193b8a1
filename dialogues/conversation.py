"""What each event does to a conversation, and what is said in reply.

``handle`` is the whole of it: pure, synchronous, without memory of its own. Nothing but ``answers``
says how far somebody is; back and change only move ``at`` and delete nothing.
"""

from dataclasses import replace

from dialogues import views
from dialogues.events import (
    Answer,
    Ask,
    Assess,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Explaining,
    Forget,
    Help,
    More,
    Moving,
    Restart,
    ShowOutcome,
    Start,
    Stop,
    Unknown,
)
from dialogues.explanations import explains, so_far
from dialogues.flow import WELCOME, Flow
from dialogues.markup import Body
from dialogues.state import (
    FORGET,
    NEW,
    OVERVIEW,
    PAGES,
    STOPPED,
    Conversation,
    path_of,
    place_of,
)
from dialogues.turn import Message, Turn

Reply = tuple[Conversation, tuple[Message, ...]]
# What a person typed, in contrast with a button, a photo or an edit.
_TYPED = ("text", "story", "answer", "lost")


def handle(flow: Flow, conversation: Conversation, event: Event) -> tuple[Conversation, Turn]:
    """Reply to an event. Any event is welcome in any state; this never raises."""
    current, outdated = _without_outdated(flow, conversation)
    after, reaction = react(flow, current, event)
    notices = (_notice(flow.content.texts.outdated),) if outdated else ()
    stayed = reaction and after == replace(current, about=None)
    shown = views.reminder(flow, after) if stayed else views.view(flow, after)
    return after, replace(shown, messages=(*notices, *reaction, *shown.messages))


def _without_outdated(flow: Flow, conversation: Conversation) -> tuple[Conversation, bool]:
    """Drop what the content no longer knows: it may have changed under an old button."""
    answers, about = conversation.answers, conversation.about
    if about is not None and not explains(flow.content, about):
        conversation = replace(conversation, about=None)
    if all(flow.fits(question, option) for question, option in answers.items()):
        return conversation, False
    fitting = {name: option for name, option in answers.items() if flow.fits(name, option)}
    return replace(conversation, answers=fitting), True


def react(flow: Flow, conversation: Conversation, event: Event) -> Reply:
    """What an event does and what is said to it, without what is shown after that.

    The answers must be ones that the content knows.
    """
    if isinstance(event, More):
        return _explain(flow, conversation, _deeper(conversation))
    if isinstance(event, Explaining):
        return _explain(flow, conversation, event)
    return _move(flow, conversation, event)


def _deeper(conversation: Conversation) -> Ask | Help:
    """More about what was explained last; without that, about the question or the program."""
    about = conversation.about
    return Ask(about.name, more=True) if isinstance(about, Ask) else Help()


def _explain(flow: Flow, conversation: Conversation, event: Explaining) -> Reply:
    """What was explained last is part of the conversation, so that one can go on from there."""
    if not explains(flow.content, event):
        return replace(conversation, about=None), (_notice(flow.content.texts.unknown_button),)
    before = conversation.about
    if isinstance(event, Unknown) and event.what in _TYPED and isinstance(before, Unknown):
        event = Unknown("lost") if before.what in _TYPED else event
    begins = isinstance(event, Assess) and conversation.at in PAGES
    return replace(conversation, at="" if begins else conversation.at, about=event), ()


def _move(flow: Flow, before: Conversation, event: Moving) -> Reply:
    texts = flow.content.texts
    conversation = before if before.about is None else replace(before, about=None)
    match event:
        case Start():
            return replace(conversation, at=WELCOME), ()
        case Check():
            return replace(conversation, at=""), ()
        case Answer():
            return _answer(flow, conversation, event)
        case Back() if before.about is not None and _has_no_back(flow, conversation):
            return conversation, ()
        case Back():
            return _back(flow, conversation)
        case Change():
            return _change(flow, conversation, event.question)
        case ShowOutcome():
            return _show_outcome(flow, conversation)
        case Continue() if views.stopped_early(flow, conversation):
            return replace(conversation, complete=True, at=""), (_notice(texts.go_on),)
        case Continue():
            return conversation, (_notice(texts.unknown_button),)
        case Restart():
            return Conversation(origin=conversation.origin), (_notice(texts.restarted),)
        case Stop():
            return replace(conversation, at=STOPPED), ()
        case Forget(confirmed=False):
            return replace(conversation, at=FORGET), ()
        case Forget():  # pragma: no branch  mypy proves that no event is left
            return NEW, (_notice(texts.forgotten),)


def _has_no_back(flow: Flow, conversation: Conversation) -> bool:
    """Where no step back is on offer, "terug" after an explanation only closes that."""
    place = place_of(flow, conversation)
    return place == WELCOME or place in flow.content.outcomes


def _answer(flow: Flow, conversation: Conversation, event: Answer) -> Reply:
    texts = flow.content.texts
    path = path_of(flow, conversation)
    on_path = event.question in (*path.passed, path.here)
    if not on_path or not flow.fits(event.question, event.option):
        return conversation, (_notice(texts.unknown_button),)
    option = flow.content.questions[event.question].option(event.option)
    answers = {**conversation.answers, event.question: event.option}
    said = texts.answered.body(antwoord=option.label, reden=option.reason)
    return replace(conversation, answers=answers, at=""), (Message("reaction", said),)


def _back(flow: Flow, conversation: Conversation) -> Reply:
    path = path_of(flow, conversation)
    place = place_of(flow, conversation)
    if place == WELCOME:
        return conversation, (_notice(flow.content.texts.nothing_back),)
    if place in PAGES:
        return replace(conversation, at="" if conversation.answers else WELCOME), ()
    steps = [WELCOME, *path.passed, path.here]
    return replace(conversation, at=steps[steps.index(place) - 1]), ()


def _change(flow: Flow, conversation: Conversation, question: str) -> Reply:
    if not question:
        return replace(conversation, at=OVERVIEW), ()
    path = path_of(flow, conversation)
    asked = flow.content.questions.get(question)
    if asked is None or question not in (*path.passed, path.here):
        return conversation, (_notice(flow.content.texts.unknown_button),)
    given = conversation.answers.get(question, "")
    if not flow.fits(question, given):
        return replace(conversation, at=question), ()
    said = flow.content.texts.asked_again.body(antwoord=asked.option(given).label)
    return replace(conversation, at=question), (Message("reaction", said),)


def _show_outcome(flow: Flow, conversation: Conversation) -> Reply:
    path = path_of(flow, conversation)
    if path.here in flow.content.outcomes:
        return replace(conversation, at=""), ()
    return conversation, (so_far(flow, path.facts),)


def _notice(body: Body) -> Message:
    return Message("notice", body)
