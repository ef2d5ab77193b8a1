"""What each event does to a conversation, and what is said in reply.

``handle`` is the whole of it: pure, synchronous, without memory of its own. Nothing but ``answers``
says how far somebody is; back and change only move ``at`` and delete nothing.
"""

from dataclasses import replace

from dialogues import explanations, views
from dialogues.events import (
    About,
    Answer,
    Ask,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Forget,
    Help,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Start,
    Stop,
    Terms,
    Unknown,
)
from dialogues.flow import WELCOME, Flow
from dialogues.markup import Body
from dialogues.state import (
    FORGET,
    NEW,
    OVERVIEW,
    PAGES,
    STOPPED,
    TERMS,
    Conversation,
    path_of,
    place_of,
)
from dialogues.turn import Message, Turn

Reply = tuple[Conversation, tuple[Message, ...]]


def handle(flow: Flow, conversation: Conversation, event: Event) -> tuple[Conversation, Turn]:
    """Reply to an event. Any event is welcome in any state; this never raises."""
    current, outdated = _without_outdated(flow, conversation)
    after, reaction = react(flow, current, event)
    notices = (_notice(flow.content.texts.outdated),) if outdated else ()
    shown = (
        views.reminder(flow, after) if after == current and reaction else views.view(flow, after)
    )
    return after, replace(shown, messages=(*notices, *reaction, *shown.messages))


def _without_outdated(flow: Flow, conversation: Conversation) -> tuple[Conversation, bool]:
    """Drop answers that the content no longer knows: it may have changed under an old button."""
    answers = conversation.answers
    if all(flow.fits(question, option) for question, option in answers.items()):
        return conversation, False
    fitting = {name: option for name, option in answers.items() if flow.fits(name, option)}
    return replace(conversation, answers=fitting), True


def react(flow: Flow, conversation: Conversation, event: Event) -> Reply:
    """What an event does and what is said to it, without what is shown after that.

    The answers must be ones that the content knows.
    """
    texts = flow.content.texts
    match event:
        case Start():
            return replace(conversation, at=WELCOME), ()
        case Check():
            return replace(conversation, at=""), ()
        case Answer():
            return _answer(flow, conversation, event)
        case Back():
            return _back(flow, conversation)
        case Change():
            return _change(flow, conversation, event.question)
        case Terms():
            return _terms(flow, conversation)
        case ShowOutcome():
            return _show_outcome(flow, conversation)
        case Continue() if views.stopped_early(flow, conversation):
            return replace(conversation, complete=True, at=""), (_notice(texts.go_on),)
        case Continue():
            return conversation, (_notice(texts.unknown_text),)
        case Restart():
            return Conversation(), (_notice(texts.restarted),)
        case Stop():
            return replace(conversation, at=STOPPED), ()
        case Forget(confirmed=False):
            return replace(conversation, at=FORGET), ()
        case Forget():
            return NEW, (_notice(texts.forgotten),)
        case Help() | Ask() | Reading() | Privacy() | About():
            return conversation, explanations.explain(flow, conversation, event)
        case Unknown():  # pragma: no branch  mypy proves that no event is left
            return conversation, (_notice(_not_understood(flow, event)),)


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


def _terms(flow: Flow, conversation: Conversation) -> Reply:
    # In the middle of the check the open question must come back, so there the terms are named
    # and can be typed; elsewhere they are the choices.
    if place_of(flow, conversation) in flow.content.questions:
        return conversation, (explanations.known_terms(flow),)
    return replace(conversation, at=TERMS), ()


def _show_outcome(flow: Flow, conversation: Conversation) -> Reply:
    path = path_of(flow, conversation)
    if path.here in flow.content.outcomes:
        return replace(conversation, at=""), ()
    return conversation, (explanations.so_far(flow, path.facts),)


def _not_understood(flow: Flow, event: Unknown) -> Body:
    texts = flow.content.texts
    return {
        "text": texts.unknown_text,
        "story": texts.unknown_story,
        "answer": texts.unknown_answer,
        "button": texts.unknown_button,
        "attachment": texts.unknown_attachment,
        "edit": texts.unknown_edit,
    }[event.what]


def _notice(body: Body) -> Message:
    return Message("notice", body)
