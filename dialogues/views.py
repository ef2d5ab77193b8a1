"""What is shown at a place: the open question, a page such as the menu, or the outcome.

A view follows from the conversation alone. So a typed ``2`` means the same whether the reply was
given by this process or by another one, before or after a restart.
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogues.content import Question
from dialogues.events import (
    About,
    Answer,
    Ask,
    Back,
    Change,
    Check,
    Continue,
    Examples,
    Forget,
    Help,
    Partly,
    Privacy,
    Reading,
    Restart,
    Start,
    Stop,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.explanations import explain
from dialogues.flow import WELCOME, Flow
from dialogues.offers import offered
from dialogues.outcome_view import capital, outcome_messages
from dialogues.result import judge
from dialogues.state import FORGET, OVERVIEW, STOPPED, Conversation, path_of, place_of
from dialogues.turn import Choice, Message, Progress, Turn


def view(flow: Flow, conversation: Conversation) -> Turn:
    """The turn that shows what was explained last, and where the conversation is."""
    if conversation.about is None:
        return _at_place(flow, conversation)
    shown = _below(flow, conversation)
    return replace(
        shown,
        messages=(*explain(flow, conversation, conversation.about), *shown.messages),
        choices=_with_offers(shown.choices, offered(flow, conversation)),
    )


def _with_offers(choices: Sequence[Choice], offers: Sequence[Choice]) -> tuple[Choice, ...]:
    """Answers, then what goes with the explanation, then the rest; nothing is offered twice."""
    answers = [choice for choice in choices if choice.role == "answer"]
    taken = {choice.label for choice in offers} | {choice.event for choice in offers}
    rest = [c for c in choices if c.role != "answer" and not {c.label, c.event} & taken]
    return (*answers, *(replace(choice, role="offer") for choice in offers), *rest)


def _below(flow: Flow, conversation: Conversation) -> Turn:
    """The place below an explanation. What was asked for at the start has a page to itself."""
    own_page = place_of(flow, conversation) == WELCOME
    if not own_page or isinstance(conversation.about, Suggest | Partly | Unknown):
        return reminder(flow, conversation)
    texts = flow.content.texts
    check = _way_back(flow, conversation) if conversation.answers else _begin(flow)
    return Turn((), (check, Choice(texts.button_menu, Start())))


def _at_place(flow: Flow, conversation: Conversation) -> Turn:
    place = place_of(flow, conversation)
    if place in flow.content.questions:
        return _question(flow, conversation, flow.content.questions[place])
    if place in flow.content.outcomes:
        return _outcome(flow, conversation)
    page = {
        WELCOME: _welcome,
        OVERVIEW: _overview,
        STOPPED: _stopped,
        FORGET: _forget,
    }[place]
    return page(flow, conversation)


def reminder(flow: Flow, conversation: Conversation) -> Turn:
    """The place again below something said: what was just read is not repeated in full."""
    texts = flow.content.texts
    shown = _at_place(flow, conversation)
    place = place_of(flow, conversation)
    if place == WELCOME:
        body = texts.welcome_again
    elif place in flow.content.outcomes:
        body = texts.outcome_again.body(uitkomst=flow.content.outcomes[place].name)
    else:
        return shown
    return replace(shown, messages=(Message("notice", body),))


def _question(flow: Flow, conversation: Conversation, question: Question) -> Turn:
    texts = flow.content.texts
    path = path_of(flow, conversation)
    earlier = path.passed[: [*path.passed, path.here].index(question.id)]
    # An answer that may change leaves open what comes after it: the count forgets the rest.
    reached = flow.path(
        {name: path.facts[name] for name in earlier}, complete=conversation.complete
    )
    given = conversation.answers.get(question.id)
    choices = [
        Choice(option.label, Answer(question.id, option.id), "answer", option.id == given)
        for option in question.options
    ]
    choices += [
        Choice(texts.button_help, Help(), "step"),
        Choice(texts.button_back, Back(), "step"),
    ]
    if path.passed:
        choices.append(Choice(texts.button_overview, Change(), "step"))
    choices.append(Choice(texts.button_stop, Stop(), "step"))
    return Turn(
        messages=(Message("question", question.explanation, question.text),),
        choices=tuple(choices),
        progress=Progress(len(earlier) + 1, flow.longest(reached)),
    )


def _outcome(flow: Flow, conversation: Conversation) -> Turn:
    texts = flow.content.texts
    path = path_of(flow, conversation)
    result = judge(flow, path.facts, conversation.answers)
    outcome = flow.content.outcomes[path.here]
    choices = [
        Choice(
            texts.button_open_question.text(vraag=flow.content.questions[item.question].name),
            Change(item.question),
            "step",
        )
        for item in result.open
    ]
    if stopped_early(flow, conversation):
        choices.append(Choice(texts.button_continue, Continue(), "step"))
    if outcome.term:
        label = texts.button_about_term.text(begrip=outcome.name)
        choices.append(Choice(label, Ask(outcome.term), "step"))
    choices += [
        Choice(texts.button_similar, Examples(outcome.id), "step"),
        Choice(texts.button_overview, Change(), "step"),
        Choice(texts.button_reading, Reading(), "step"),
        Choice(texts.button_restart, Restart()),
        Choice(texts.button_menu, Start()),
        Choice(texts.button_stop, Stop()),
    ]
    return Turn(outcome_messages(flow.content, result), tuple(choices))


def stopped_early(flow: Flow, conversation: Conversation) -> bool:
    """Whether the outcome came before the last question, so that there is more to ask."""
    early = path_of(flow, conversation)
    full = flow.path(conversation.answers, complete=True)
    return early.here in flow.content.outcomes and early != full


def _welcome(flow: Flow, conversation: Conversation) -> Turn:
    texts = flow.content.texts
    first_topic = next(iter(flow.content.topics.values()))
    first_term = flow.content.terms[first_topic[0]]
    under_way = bool(conversation.answers)
    welcome = texts.welcome.body(aantal=len(flow.content.questions))
    check = _way_back(flow, conversation) if under_way else _begin(flow)
    choices = [
        Choice(first_term.question, Ask(first_term.id)),
        check,
        Choice(texts.button_topics, Topics()),
        Choice(texts.button_examples, Examples()),
        Choice(texts.button_reading, Reading()),
        Choice(texts.button_privacy, Privacy()),
        Choice(texts.button_about, About()),
    ]
    if under_way:
        choices.append(Choice(texts.button_restart, Restart()))
    return Turn((Message("explanation", welcome, texts.welcome_title),), tuple(choices))


def _overview(flow: Flow, conversation: Conversation) -> Turn:
    content, texts = flow.content, flow.content.texts
    facts = path_of(flow, conversation).facts
    choices = tuple(
        Choice(
            texts.button_change.text(
                vraag=capital(content.questions[name].name),
                antwoord=content.questions[name].option(answer).label,
            ),
            Change(name),
            "step",
        )
        for name, answer in facts.items()
    )
    if not facts:
        choices = (_begin(flow),)
    text = texts.overview if facts else texts.overview_empty
    message = Message("overview", text, texts.overview_title)
    return Turn((message,), (*choices, _way_back(flow, conversation)))


def _stopped(flow: Flow, conversation: Conversation) -> Turn:
    texts = flow.content.texts
    choices = [Choice(texts.button_menu, Start())]
    if conversation.answers:
        choices.insert(0, _way_back(flow, conversation))
    return Turn((Message("notice", texts.stopped),), tuple(choices), finished=True)


def _forget(flow: Flow, conversation: Conversation) -> Turn:
    texts = flow.content.texts
    choices = (
        Choice(texts.button_forget, Forget(confirmed=True)),
        Choice(texts.button_keep, Back()),
    )
    return Turn((Message("notice", texts.forget, texts.forget_title),), choices)


def _begin(flow: Flow) -> Choice:
    return Choice(flow.content.texts.button_check, Check())


def _way_back(flow: Flow, conversation: Conversation) -> Choice:
    texts = flow.content.texts
    if path_of(flow, conversation).here in flow.content.outcomes:
        return Choice(texts.button_to_outcome, Check())
    if conversation.answers:
        return Choice(texts.button_go_on, Check())
    return Choice(texts.button_menu, Start())
