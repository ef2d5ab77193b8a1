"""Whatever comes in, a conversation goes on: random events, buttons and texts."""

import re
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogues.codec import LIMIT, Codec, UnreadableButton
from dialogues.content import Rows
from dialogues.conversation import handle
from dialogues.events import (
    Answer,
    Ask,
    Assess,
    Change,
    Check,
    Event,
    Examples,
    Explaining,
    Forget,
    More,
    Partly,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.offers import subjects
from dialogues.spelling import bare
from dialogues.state import NEW, PAGES, Conversation
from dialogues.turn import Turn
from dialogues.views import view
from dialogues.yaml_source import Word
from tests.made_once import FLOW, understanding_of

CODEC = Codec(FLOW.content)
UNDERSTANDING = understanding_of(FLOW)
QUESTIONS = FLOW.content.questions

known_answers = st.sampled_from(
    [
        Answer(question.id, option.id)
        for question in QUESTIONS.values()
        for option in question.options
    ]
)
simple_events = st.sampled_from(
    [kind() for kind in get_args(Event) if kind not in (Answer, Ask, Suggest, Unknown)]
    + [Forget(confirmed=True)]
)
known_names = st.sampled_from([*QUESTIONS, *FLOW.content.outcomes, *FLOW.content.terms])
names = known_names | st.text(max_size=9)
named: st.SearchStrategy[Event] = st.sampled_from(
    [*map(Ask, FLOW.content.terms), *map(Topics, FLOW.content.texts.topics)]
)
unknowns = st.sampled_from(get_args(Unknown.__annotations__["what"])).map(Unknown)
# More, Assess and Partly are only ever typed, so no button stands for them.
on_buttons = simple_events.filter(lambda event: event not in (More(), Assess(), Partly()))
sound_events = known_answers | on_buttons | st.sampled_from([*QUESTIONS]).map(Change)
any_events = (
    sound_events
    | simple_events
    | st.builds(Ask, names, st.booleans())
    | names.map(Topics)
    | names.map(Examples)
    | names.map(Change)
    | st.builds(Answer, names, names)
    | unknowns
    | st.lists(named, min_size=2, max_size=2, unique=True).map(lambda pair: Suggest(tuple(pair)))
)
known_maps = st.lists(known_answers, max_size=8).map(
    lambda rows: {r.question: r.option for r in rows}
)
origins = st.just("") | st.from_regex(r"[A-Za-z0-9_-]{4}", fullmatch=True)
conversations = st.builds(
    Conversation,
    known_maps,
    st.sampled_from(["", *PAGES, *QUESTIONS]),
    st.booleans(),
    origin=origins,
)
# Text as it may come from outside: every code point, lone surrogates and control signs too.
any_text = st.text(st.characters(exclude_categories=()), max_size=300)


def _check(turn: Turn) -> None:
    assert turn.messages
    assert turn.choices
    assert all(message.body for message in turn.messages)


@given(st.lists(any_events, max_size=30))
def test_random_events_never_fail(given_events: list[Event]) -> None:
    conversation = NEW
    for event in given_events:
        conversation, turn = handle(FLOW, conversation, event)
        _check(turn)


@given(st.builds(Conversation, st.dictionaries(names, names), names, st.booleans()), any_events)
def test_any_conversation_from_outside_goes_on(conversation: Conversation, event: Event) -> None:
    after, turn = handle(FLOW, conversation, event)

    _check(turn)
    assert all(FLOW.fits(question, option) for question, option in after.answers.items())


@given(known_maps)
def test_the_order_of_giving_answers_makes_no_difference(answers: dict[str, str]) -> None:
    backwards = dict(reversed(answers.items()))

    assert FLOW.path(answers) == FLOW.path(backwards)
    assert FLOW.possible(answers) == FLOW.possible(backwards)


@given(conversations, sound_events)
def test_a_button_is_read_as_it_was_written(conversation: Conversation, event: Event) -> None:
    assert CODEC.decode(CODEC.encode(conversation, event)) == (conversation, event)


@given(conversations)
def test_every_button_on_offer_fits_and_is_read_as_it_was_written(
    conversation: Conversation,
) -> None:
    for choice in view(FLOW, conversation).choices:
        data = CODEC.encode(conversation, choice.event)

        assert CODEC.decode(data) == (conversation, choice.event)
        assert len(data.encode()) <= LIMIT


@given(
    any_text | st.from_regex(r"1\|[a-zA-Z]?\|[a-z_]{0,3}\|[a-zA-Z]?\|\+?([a-z]{1,3}\.){0,9}[a-z.]*")
)
@example("1|w|geen||wn")
@example("1|a|||")
@example("1|a|wj||..")
@example("1|s|x||")
@example("2|s|||")
@example("1|s||")
@settings(max_examples=500)
def test_any_text_in_a_button_is_refused_or_goes_on(data: str) -> None:
    try:
        conversation, event = CODEC.decode(data)
    except UnreadableButton:
        return
    after, turn = handle(FLOW, conversation, event)

    _check(turn)
    for choice in turn.choices:
        CODEC.encode(after, choice.event)


@given(st.binary(max_size=64))
def test_any_bytes_in_a_button_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableButton):
        CODEC.decode(data.decode("utf-8", "surrogateescape").removeprefix("1"))


def _with_codes(*codes: str) -> Codec:
    questions = {
        str(question.id): replace(question, code=Word(code))
        for question, code in zip(QUESTIONS.values(), codes, strict=True)
    }
    return Codec(replace(FLOW.content, questions=Rows(questions)))


# Among the others are codes that begin, or end, with one another.
codecs = st.sampled_from([CODEC, _with_codes("a", "b", "ab", "ba", "aa", "bb", "j", "jn")])


@given(codecs, conversations, sound_events)
def test_a_link_opens_the_answers_it_was_made_of(
    codec: Codec, conversation: Conversation, event: Event
) -> None:
    payload = codec.payload(conversation)

    assert codec.opened(payload) == replace(conversation, at="")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    # No id, and no command as the content has them, is the same as a payload.
    assert bare(payload) != payload
    # The check of the content watches the buttons; a channel puts four signs before a payload.
    assert len(payload) + 4 < len(codec.encode(conversation, event))


@given(
    any_text
    | st.from_regex(r"A-?([a-z]{0,3}[A-Z]?){0,9}", fullmatch=True)
    | st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True)
)
@example("A")
@example("AwJwN")
@example("AwJ\n")
def test_any_text_in_a_link_is_refused_or_goes_on(payload: str) -> None:
    conversation = CODEC.opened(payload)
    if conversation is None:
        return
    after, turn = handle(FLOW, conversation, Check())

    _check(turn)
    assert not payload.islower()
    assert CODEC.opened(CODEC.payload(after)) == after


@given(conversations, any_text | st.from_regex(r"/?[a-z ]{0,20}@?[a-z0-9]{0,4}"))
@example(NEW, "")
@example(NEW, "/")
@example(NEW, "/ @")
@example(NEW, "\ud800")
@example(NEW, "\x00\x1b[31m")
@example(NEW, "9" * 5000)
@example(NEW, "²")
@example(NEW, "٣")
@example(NEW, "coproductie " * 100_000)
@settings(max_examples=300)
def test_any_typed_text_is_read_and_answered(conversation: Conversation, text: str) -> None:
    event = UNDERSTANDING.read(text, conversation)
    _, turn = handle(FLOW, conversation, event)

    _check(turn)


@given(conversations, st.none() | st.sampled_from([*subjects(FLOW.content)]))
def test_what_is_on_offer_can_be_typed_as_word_or_number(
    placed: Conversation, about: Explaining | None
) -> None:
    conversation = replace(placed, about=about)
    for number, choice in enumerate(view(FLOW, conversation).choices, start=1):
        typed = {
            text: UNDERSTANDING.read(text, conversation) for text in (choice.label, f"{number}")
        }

        assert typed == {choice.label: choice.event, f"{number}": choice.event}
