"""Every conversation there can be, and everything that can be done in it.

A conversation is its answers, ``complete`` and ``at``. Answers can only be given to a question
that lies behind or is open, so the answers are those to the first k questions: 9,841 maps, the
3^8 full ones among them. Four facts keep the walk affordable and still exhaustive:

- ``complete`` only makes a difference where a hard criterion was answered with nee. Where it makes
  none, both are shown to look the same and one is walked.
- Most events do not look at ``at``. That is shown with every event at every place, for the maps of
  up to four answers. The other maps meet those events at ``at=""``, and at every place the events
  that do look.
- Explanations and events without sense look at the place alone. All are given at every page and
  question and at an outcome, every term and form among them, and in every conversation of up to
  five answers. The longer ones meet them in turn: each event is given after every first three
  answers, with six, seven and eight answers.
- What is shown follows from the conversation alone. So the outcome of a conversation that comes
  back is worked out once; its turn is looked at each time, with what was said above it.

From a full map each question is answered in one other way, so every full map is still arrived at
through each of its answers; and one question, in turn, is answered as before.
"""

from collections.abc import Iterator
from itertools import cycle, product
from typing import get_args

import pytest

from dialogues import events, views
from dialogues.conversation import handle
from dialogues.events import Answer, Ask, Back, Change, Check, Event, Start
from dialogues.flow import Flow
from dialogues.offers import subjects
from dialogues.state import NEW, PAGES, Conversation
from dialogues.turn import Progress, Turn
from dialogues.views import view
from tests.core import definition, oracle
from tests.core.definition import OPTIONS, QUESTIONS
from tests.core.oracle import LOOKING_AT_PLACE, MOVES

ANSWERS = tuple(Answer(question, option) for question in QUESTIONS for option in OPTIONS)
CHANGES = (Change(), *map(Change, QUESTIONS))
INVALID: tuple[Event, ...] = (
    *(Answer("burgers", "misschien"), Answer("weer", "ja"), Answer("", "")),
    *(
        Change("weer"),
        Change("geen"),
        Change("welkom"),
        Ask("weer"),
        Ask(""),
        Ask("weer", more=True),
    ),
    *(events.Topics("weer"), events.Examples("weer")),
)
EXPLANATIONS: tuple[Event, ...] = (
    *(events.Help(), events.Assess(), events.Partly()),
    *(Ask("coproductie"), Ask("inspraak", more=True), Ask("buurtpreventie"), events.More()),
    *(events.Topics(), events.Topics("participatie"), events.Examples(), events.Examples("zorg")),
    *(events.Examples("geen"), events.Reading(), events.Privacy(), events.About()),
    events.Suggest((Ask("coproductie"), Check())),
    *map(events.Unknown, get_args(events.Unknown.__annotations__["what"])),
)
ANYWHERE = (*INVALID, *EXPLANATIONS)
EVENTS = (*ANSWERS, *CHANGES, *LOOKING_AT_PLACE, *MOVES, *ANYWHERE)

# The first answers split the walk over the processes of xdist.
FIRST = [row for length in range(4) for row in product(OPTIONS, repeat=length)]
by_first_answers = pytest.mark.parametrize("first", FIRST, ids="-".join)
# What is measured is the walk over the maps of up to two answers; it meets every event and place.
unmeasured = pytest.mark.usefixtures("unmeasured")


@pytest.fixture(autouse=True, scope="module")
def _each_outcome_once() -> Iterator[None]:
    """Remembers the outcomes: from a full map nearly every event leads to another."""
    known: dict[object, Turn] = {}
    work_out = views._outcome

    def outcome(flow: Flow, conversation: Conversation) -> Turn:
        rest = (conversation.at, conversation.complete, conversation.about)
        key = (tuple(conversation.answers.items()), *rest)
        if key not in known:
            known[key] = work_out(flow, conversation)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "_outcome", outcome)
        yield


def _walked(first: tuple[str, ...]) -> Iterator[Conversation]:
    """The conversations that begin with these answers; fewer than three: just these answers."""
    most = len(QUESTIONS) - len(first) if len(first) == 3 else 0
    for length in range(most + 1):
        for rest in product(OPTIONS, repeat=length):
            answers = dict(zip(QUESTIONS, (*first, *rest), strict=False))
            yield Conversation(answers)
            if "nee" in map(answers.get, definition.HARD):
                yield Conversation(answers, complete=True)


def _refuses(flow: Flow, turn: Turn) -> bool:
    texts = flow.content.texts
    refusals = (texts.unknown_text, texts.unknown_button, texts.outdated)
    return any(message.body in refusals for message in turn.messages)


def _check_turn(flow: Flow, conversation: Conversation, turn: Turn) -> None:
    """A turn says something, shows the place that the oracle names, and leaves a way on."""
    place = oracle.place(conversation)
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
    assert after == oracle.expected(before, event), (before, event)
    _check_turn(flow, after, turn)
    return turn


@unmeasured
@by_first_answers
def test_every_event_does_what_it_says(flow: Flow, first: tuple[str, ...]) -> None:
    in_turn = {length: cycle(ANYWHERE) for length in (6, 7, 8)}
    again_in_turn = cycle(QUESTIONS)
    met: set[tuple[int, Event]] = set()
    for conversation in _walked(first):
        acceptable = oracle.acceptable(conversation)
        length = len(conversation.answers)
        answers = ANSWERS if length < len(QUESTIONS) else _one_other(conversation, again_in_turn)
        anywhere = (next(in_turn[length]),) if length in in_turn else ANYWHERE
        met.update((length, event) for event in anywhere)
        for event in (*answers, *CHANGES, *LOOKING_AT_PLACE, *MOVES, *anywhere):
            turn = _apply(flow, conversation, event)

            if event not in EXPLANATIONS:
                assert _refuses(flow, turn) == (event not in acceptable), (conversation, event)
    if len(first) == 3:
        assert met == set(product(range(3, len(QUESTIONS) + 1), ANYWHERE))


def _one_other(conversation: Conversation, again: Iterator[str]) -> Iterator[Answer]:
    for question, given in conversation.answers.items():
        yield Answer(question, OPTIONS[OPTIONS.index(given) - 1])
    same = next(again)
    yield Answer(same, conversation.answers[same])


@unmeasured
@by_first_answers
def test_every_place_offers_only_what_can_be_done(flow: Flow, first: tuple[str, ...]) -> None:
    for conversation in _walked(first):
        acceptable = oracle.acceptable(conversation)
        for placed in oracle.places(conversation):
            shown = view(flow, placed)

            _check_turn(flow, placed, shown)
            for event in (choice.event for choice in shown.choices):
                explains = isinstance(event, events.Explaining)
                assert explains or event in acceptable, (placed, event)
            if placed.at:
                for event in LOOKING_AT_PLACE:
                    _apply(flow, placed, event)


@unmeasured
@by_first_answers
def test_nowhere_is_a_dead_end(flow: Flow, first: tuple[str, ...]) -> None:
    for conversation in _walked(first):
        for placed in oracle.places(conversation):
            steps = 0
            while oracle.place(placed) in (*PAGES, *QUESTIONS):
                placed = oracle.expected(placed, _way_on(view(flow, placed)))
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
        asked = oracle.here(conversation)
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
        assert (path.here, path.passed) == (oracle.here(conversation), oracle.behind(conversation))
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
            for placed in oracle.places(Conversation(answers, complete=complete)):
                for event in EVENTS:
                    _apply(flow, placed, event)


def test_everything_that_can_be_explained_is_explained_at_every_place(flow: Flow) -> None:
    content = flow.content
    answers = dict.fromkeys(QUESTIONS, "ja")
    places = [NEW, *oracle.places(Conversation(answers)), *map(_only, range(len(QUESTIONS)))]
    titles: dict[str, str] = {term.id: term.question for term in content.terms.values()}
    titles |= {form.id: form.name for form in content.forms.values()}
    titles |= {example.id: example.name for example in content.examples.values()}
    for placed in places:
        for event in ANYWHERE:
            _apply(flow, placed, event)
        for subject in subjects(content):
            turn = _apply(flow, placed, subject)

            if isinstance(subject, Ask):
                assert turn.messages[0].title == titles[subject.name]
                deeper, _ = handle(flow, placed, subject)
                assert len(_apply(flow, deeper, events.More()).messages[0].body) > 1


def test_everything_that_can_be_explained_can_be_found_by_choosing(flow: Flow) -> None:
    content = flow.content
    found: set[Event] = set()
    waiting: list[Event] = [choice.event for choice in view(flow, NEW).choices]
    while waiting:
        event = waiting.pop()
        if event not in found and isinstance(event, events.Explaining):
            found.add(event)
            _, turn = handle(flow, NEW, event)
            waiting += [choice.event for choice in turn.choices]

    assert found >= {*subjects(content), *(Ask(name, more=True) for name in content.examples)}


def _only(number: int) -> Conversation:
    return Conversation(dict.fromkeys(QUESTIONS[:number], "ja"))


@pytest.mark.parametrize("at", ["", "weer", "geen", "ontwerp", "VRAAG", "\ud800", "x" * 10_000])
def test_a_place_that_makes_no_sense_is_ignored(flow: Flow, at: str) -> None:
    wished = Conversation({"publieke_waarde": "ja"}, at)

    assert view(flow, wished) == view(flow, oracle.at(wished, ""))
