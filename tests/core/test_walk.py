"""Every conversation there can be, and everything that can be done in it.

A conversation is its answers, ``complete`` and ``at``. Answers can only be given to a question
that lies behind or is open, so the answers are those to the first k questions: 9,841 maps, the
3^8 full ones among them. Three facts keep the walk affordable and still exhaustive:

- ``complete`` only makes a difference where a hard criterion was answered with nee. Where it makes
  none, both are shown to look the same and one is walked.
- Most events do not look at ``at``. That is shown with every event at every place, for the maps of
  up to four answers. The other maps meet those events at ``at=""``, and at every place the events
  that do look.
- Explanations and events without sense look at the place alone. All are given in every conversation
  of fewer than eight answers, every term and form at every place; the full maps meet them in turn.

From a full map each question is answered as before and in one other way. So every full map is still
arrived at through each of its answers.
"""

from collections.abc import Iterator
from itertools import cycle, product

import pytest

from dialogues import events
from dialogues.conversation import handle
from dialogues.events import Answer, Ask, Back, Change, Check, Continue, Event, Start, Stop
from dialogues.flow import Flow
from dialogues.state import NEW, PAGES, Conversation
from dialogues.turn import Progress, Turn
from dialogues.views import view
from tests.core import definition
from tests.core.definition import OPTIONS, QUESTIONS

ANSWERS = tuple(Answer(question, option) for question in QUESTIONS for option in OPTIONS)
CHANGES = (Change(), *map(Change, QUESTIONS))
LOOKING_AT_PLACE: tuple[Event, ...] = (Back(), events.Help(), events.Terms())
MOVES: tuple[Event, ...] = (
    *(Start(), Check(), Stop(), Continue(), events.Restart(), events.ShowOutcome()),
    *(events.Forget(), events.Forget(confirmed=True)),
)
INVALID: tuple[Event, ...] = (
    *(Answer("burgers", "misschien"), Answer("weer", "ja"), Answer("", "")),
    *(Change("weer"), Change("geen"), Change("welkom"), Ask("weer"), Ask("")),
)
EXPLANATIONS: tuple[Event, ...] = (
    *(Ask("coproductie"), Ask("inspraak"), events.Reading(), events.Privacy(), events.About()),
    *(
        events.Unknown("text"),
        events.Unknown("story"),
        events.Unknown("answer"),
        events.Unknown("button"),
    ),
    *(events.Unknown("attachment"), events.Unknown("edit")),
)
DOING = (*ANSWERS, *CHANGES, *LOOKING_AT_PLACE, *MOVES, *INVALID)
WELCOME, *OTHER_PAGES = PAGES

# The first answers split the walk over the processes of xdist.
FIRST = [row for length in range(4) for row in product(OPTIONS, repeat=length)]
by_first_answers = pytest.mark.parametrize("first", FIRST, ids="-".join)
# What is measured is the walk over the maps of up to two answers; it meets every event and place.
unmeasured = pytest.mark.usefixtures("unmeasured")


def _walked(first: tuple[str, ...]) -> Iterator[Conversation]:
    """The conversations that begin with these answers; fewer than three: just these answers."""
    most = len(QUESTIONS) - len(first) if len(first) == 3 else 0
    for length in range(most + 1):
        for rest in product(OPTIONS, repeat=length):
            answers = dict(zip(QUESTIONS, (*first, *rest), strict=False))
            yield Conversation(answers)
            if "nee" in map(answers.get, definition.HARD):
                yield Conversation(answers, complete=True)


def _behind(conversation: Conversation) -> tuple[str, ...]:
    return definition.passed(conversation.answers, complete=conversation.complete)


def _here(conversation: Conversation) -> str:
    return definition.here(conversation.answers, complete=conversation.complete)


def _at(conversation: Conversation, at: str) -> Conversation:
    return Conversation(conversation.answers, at, conversation.complete)


def _places(conversation: Conversation) -> Iterator[Conversation]:
    for at in ("", *PAGES, *_behind(conversation)):
        yield _at(conversation, at)


def _place(conversation: Conversation) -> str:
    """The oracle for the place."""
    if conversation.at in (*PAGES, *_behind(conversation)):
        return conversation.at
    return _here(conversation)


def _stopped_early(conversation: Conversation) -> bool:
    """There is an outcome, and still something to ask."""
    to_ask = definition.passed(conversation.answers, complete=True)
    all_asked = len(to_ask) == len(QUESTIONS) == len(_behind(conversation))
    return _here(conversation) not in QUESTIONS and not all_asked


def _expected(before: Conversation, event: Event) -> Conversation:
    """The oracle for what an event does to a conversation."""
    here = _here(before)
    steps = (WELCOME, *_behind(before), here)
    place = _place(before)
    match event:
        case Answer(question=question, option=option) if question in steps and option in OPTIONS:
            return Conversation({**before.answers, question: option}, "", before.complete)
        case Change(question=question) if not question:
            return _at(before, "wijzigen")
        case Change(question=question) if question in QUESTIONS and question in steps:
            return _at(before, question)
        case Check():
            return _at(before, "")
        case Start():
            return _at(before, WELCOME)
        case Stop():
            return _at(before, "gestopt")
        case events.Forget(confirmed=confirmed):
            return NEW if confirmed else _at(before, "vergeten")
        case events.Restart():
            return Conversation()
        case Continue() if _stopped_early(before):
            return Conversation(before.answers, "", complete=True)
        case events.Terms() if place not in QUESTIONS:
            return _at(before, "begrippen")
        case events.ShowOutcome() if here not in QUESTIONS:
            return _at(before, "")
        case Back() if place in OTHER_PAGES:
            return _at(before, "" if before.answers else WELCOME)
        case Back() if place != WELCOME:
            return _at(before, steps[steps.index(place) - 1])
    return before


def _acceptable(conversation: Conversation) -> set[Event]:
    """The oracle for what can be done."""
    on_path = [q for q in (*_behind(conversation), _here(conversation)) if q in QUESTIONS]
    moves = {*LOOKING_AT_PLACE, *MOVES}
    if not _stopped_early(conversation):
        moves.remove(Continue())
    answers = {Answer(question, option) for question in on_path for option in OPTIONS}
    return {*moves, Change(), *map(Change, on_path), *answers}


def _refuses(flow: Flow, turn: Turn) -> bool:
    texts = flow.content.texts
    refusals = (texts.unknown_text, texts.unknown_button, texts.outdated)
    return any(message.body in refusals for message in turn.messages)


def _check_turn(flow: Flow, conversation: Conversation, turn: Turn) -> None:
    """A turn says something, shows the place that the oracle names, and leaves a way on."""
    place = _place(conversation)
    labels = [choice.label for choice in turn.choices]
    assert all(message.body for message in turn.messages)
    assert len(set(labels)) == len(labels) > 0
    assert turn.messages
    assert turn.finished == (place == "gestopt")
    answers = [choice.event for choice in turn.choices if choice.role == "answer"]
    selected = [choice.event for choice in turn.choices if choice.selected]
    if place in QUESTIONS:
        given = conversation.answers.get(place)
        asked = turn.messages[-1]
        assert (asked.kind, asked.title) == ("question", flow.content.questions[place].text)
        assert turn.progress == Progress(QUESTIONS.index(place) + 1, len(QUESTIONS))
        assert answers == [Answer(place, option) for option in OPTIONS]
        assert selected == ([Answer(place, given)] if given else [])
    else:
        assert turn.progress is None
        assert answers == selected == []


def _apply(flow: Flow, before: Conversation, event: Event) -> Turn:
    after, turn = handle(flow, before, event)
    assert after == _expected(before, event), (before, event)
    _check_turn(flow, after, turn)
    return turn


@unmeasured
@by_first_answers
def test_every_event_does_what_it_says(flow: Flow, first: tuple[str, ...]) -> None:
    in_turn = cycle((*INVALID, *EXPLANATIONS))
    for conversation in _walked(first):
        acceptable = _acceptable(conversation)
        if len(conversation.answers) < len(QUESTIONS):
            tried: tuple[Event, ...] = (*DOING, *EXPLANATIONS)
        else:
            tried = (*_one_other(conversation), *CHANGES, *LOOKING_AT_PLACE, *MOVES, next(in_turn))
        for event in tried:
            turn = _apply(flow, conversation, event)

            if event not in EXPLANATIONS:
                assert _refuses(flow, turn) == (event not in acceptable), (conversation, event)


def _one_other(conversation: Conversation) -> Iterator[Answer]:
    for question, given in conversation.answers.items():
        yield Answer(question, given)
        yield Answer(question, OPTIONS[OPTIONS.index(given) - 1])


@unmeasured
@by_first_answers
def test_every_place_offers_only_what_can_be_done(flow: Flow, first: tuple[str, ...]) -> None:
    for conversation in _walked(first):
        acceptable = _acceptable(conversation)
        for placed in _places(conversation):
            shown = view(flow, placed)

            _check_turn(flow, placed, shown)
            for event in (choice.event for choice in shown.choices):
                explains = isinstance(event, Ask) or event in EXPLANATIONS
                assert explains or event in acceptable, (placed, event)
            if placed.at:
                for event in LOOKING_AT_PLACE:
                    _apply(flow, placed, event)


@unmeasured
@by_first_answers
def test_nowhere_is_a_dead_end(flow: Flow, first: tuple[str, ...]) -> None:
    for conversation in _walked(first):
        for placed in _places(conversation):
            steps = 0
            while _place(placed) in (*PAGES, *QUESTIONS):
                placed = _expected(placed, _way_on(view(flow, placed)))
                steps += 1

                assert steps < 20, conversation


def _way_on(shown: Turn) -> Event:
    """Among the choices: answer, go on with the check, or leave the page."""
    on_offer = [choice.event for choice in shown.choices]
    answers = (event for event in on_offer if isinstance(event, Answer))
    ways: tuple[Event, ...] = (*answers, Check(), Start(), Back())
    return next(event for event in ways if event in on_offer)


@unmeasured
@by_first_answers
def test_back_undoes_an_answer_and_a_second_tap_is_harmless(
    flow: Flow, first: tuple[str, ...]
) -> None:
    for conversation in _walked(first):
        asked = _here(conversation)
        if asked not in QUESTIONS:
            continue
        for option in OPTIONS:
            answered, _ = handle(flow, conversation, Answer(asked, option))
            again, _ = handle(flow, answered, Answer(asked, option))
            back, turn = handle(flow, answered, Back())

            assert again == answered
            assert back == Conversation(answered.answers, asked, conversation.complete)
            _check_turn(flow, back, turn)


@unmeasured
@by_first_answers
def test_the_order_of_answers_and_asking_on_make_no_difference(
    flow: Flow, first: tuple[str, ...]
) -> None:
    for conversation in _walked(first):
        answers = conversation.answers
        backwards = dict(reversed(list(answers.items())))
        path = flow.path(answers, complete=conversation.complete)

        assert path == flow.path(backwards, complete=conversation.complete)
        assert (path.here, path.passed) == (_here(conversation), _behind(conversation))
        assert path.facts == {question: answers[question] for question in path.passed}
        if "nee" not in map(answers.get, definition.HARD):
            asking_on = Conversation(answers, complete=True)
            assert view(flow, asking_on) == view(flow, conversation)


@pytest.mark.parametrize("length", [0, 1, 2])
def test_what_does_not_look_at_the_place_does_the_same_everywhere(flow: Flow, length: int) -> None:
    _check_every_place(flow, length)


@unmeasured
@pytest.mark.parametrize("length", [3, 4])
def test_that_is_also_so_with_more_answers(flow: Flow, length: int) -> None:
    _check_every_place(flow, length)


def _check_every_place(flow: Flow, length: int) -> None:
    for row in product(OPTIONS, repeat=length):
        answers = dict(zip(QUESTIONS, row, strict=False))
        for complete in (False, True):
            for placed in _places(Conversation(answers, complete=complete)):
                for event in (*DOING, *EXPLANATIONS):
                    _apply(flow, placed, event)


def test_every_term_and_form_is_explained_at_every_place(flow: Flow) -> None:
    content = flow.content
    answers = dict.fromkeys(QUESTIONS, "ja")
    places = [NEW, *_places(Conversation(answers)), *map(_only, range(len(QUESTIONS)))]
    for placed in places:
        for name in (*content.terms, *content.forms):
            turn = _apply(flow, placed, Ask(name))

            explained = content.terms[name].question if name in content.terms else None
            assert turn.messages[0].title == (explained or content.forms[name].name)


def _only(number: int) -> Conversation:
    return Conversation(dict.fromkeys(QUESTIONS[:number], "ja"))


@pytest.mark.parametrize("at", ["", "weer", "geen", "ontwerp", "VRAAG", "\ud800", "x" * 10_000])
def test_a_place_that_makes_no_sense_is_ignored(flow: Flow, at: str) -> None:
    wished = Conversation({"publieke_waarde": "ja"}, at)

    assert view(flow, wished) == view(flow, _at(wished, ""))
