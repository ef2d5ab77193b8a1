"""Texts become HTML that Telegram accepts, in messages that are not too long."""

import json
from collections.abc import Iterator
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from teremok.validation import validate_html

from bot.telegram.render import Renderer
from dialogues.codec import LIMIT, Codec
from dialogues.conversation import handle
from dialogues.events import About, Answer, Ask, Event, Help, Privacy, Reading
from dialogues.flow import Flow
from dialogues.markup import Block, Bold, Bullets, Link, Paragraph, Plain
from dialogues.offers import subjects
from dialogues.state import NEW, Conversation, place_of
from dialogues.turn import Choice, Message, Turn

_MOST_UNITS, _MOST_BUTTONS = 4096, 100  # limits of Telegram
_MOST_LETTERS = 60
_words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=900)
_spans = st.lists(
    st.one_of(
        st.builds(Plain, _words),
        st.builds(Bold, _words),
        st.builds(Link, _words, st.just("https://example.org/?a=1&b=\"'<x>")),
    ),
    min_size=1,
    max_size=2,
).map(tuple)
_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, _spans),
    st.builds(Bullets, st.lists(_spans, min_size=1, max_size=4).map(tuple)),
)
_messages = st.builds(
    Message,
    st.sampled_from(["explanation", "outcome"]),
    st.lists(_blocks, min_size=1, max_size=5).map(tuple),
    _words,
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(st.lists(_messages, min_size=1, max_size=4).map(tuple))
def test_any_text_is_split_into_valid_messages(flow: Flow, messages: tuple[Message, ...]) -> None:
    texts = Renderer(flow.content.texts, Codec(flow.content)).texts(Turn(messages, ()))

    for text in texts:
        assert 1 <= units(text.html) <= 4096
        assert 1 <= units(text.plain) <= 4096
        validate_html(text.html)


def test_nothing_is_lost_by_splitting(flow: Flow) -> None:
    paragraphs = tuple(Paragraph((Plain(f"{number} " + "woord " * 100),)) for number in range(30))
    turn = Turn((Message("outcome", paragraphs, "Titel"),), ())
    texts = Renderer(flow.content.texts, Codec(flow.content)).texts(turn)

    joined = "\n\n".join(unescape(text.html) for text in texts)
    assert len(texts) > 1
    assert [line.split()[0] for line in joined.splitlines() if line.endswith(" ")] == [
        str(number) for number in range(30)
    ]


def test_short_answers_stand_side_by_side_and_long_ones_below_each_other(flow: Flow) -> None:
    renderer = Renderer(flow.content.texts, Codec(flow.content))

    def rows(*labels: str) -> list[list[str]]:
        choices = [Choice(label, Answer("ontwerp", "ja"), "answer") for label in labels]
        choices += [Choice("Uitleg", Help(), "step"), Choice("Terug", Help(), "step")]
        choices.append(Choice("Een knop met veel meer woorden", Help(), "step"))
        keyboard = renderer.keyboard(Conversation(), Turn((), tuple(choices)))
        assert keyboard is not None
        return [
            [button["text"] for button in row] for row in json.loads(keyboard)["inline_keyboard"]
        ]

    tail = [["Uitleg", "Terug"], ["Een knop met veel meer woorden"]]
    assert rows("Ja", "Nee", "Weet ik niet") == [["Ja", "Nee", "Weet ik niet"], *tail]
    assert rows("Ja, onmisbaar", "Nee") == [["Ja, onmisbaar"], ["Nee"], *tail]


def everything(flow: Flow) -> Iterator[Event]:
    """All that can be asked for, also in depth."""
    for subject in subjects(flow.content):
        yield subject
        if isinstance(subject, Ask):
            yield Ask(subject.name, more=True)
    yield from (Reading(), Privacy(), About(), Help())


def test_all_that_can_be_explained_fits(flow: Flow) -> None:
    renderer = Renderer(flow.content.texts, Codec(flow.content))
    longest: dict[str, str] = {
        question.id: question.options[-1].id for question in flow.content.questions.values()
    }
    outcome = Conversation(longest, complete=True)
    assert place_of(flow, outcome) in flow.content.outcomes
    for before in (NEW, Conversation({"publieke_waarde": "ja"}), outcome):
        for event in everything(flow):
            after, turn = handle(flow, before, event)
            texts = renderer.texts(turn)
            keyboard = json.loads(renderer.keyboard(after, turn) or "null")["inline_keyboard"]

            assert len(texts) <= (2 if event == Reading() else 1), event
            for text in texts:
                assert 1 <= units(text.html) <= _MOST_UNITS, event
                validate_html(text.html)
            assert sum(map(len, keyboard)) <= _MOST_BUTTONS
            for button in (button for row in keyboard for button in row):
                assert 1 <= len(button["callback_data"].encode()) <= LIMIT
                assert 1 <= len(button["text"]) <= _MOST_LETTERS
            # Two in a row only where both can be read on a phone.
            side_by_side = (row for row in keyboard if len(row) == 2)
            assert all(len(button["text"]) <= 16 for row in side_by_side for button in row)


def test_a_button_of_the_longest_conversation_fits(flow: Flow) -> None:
    questions = flow.content.questions.values()
    answers: dict[str, str] = {question.id: question.options[-1].id for question in questions}
    conversation = Conversation(answers, at="ontwerp", complete=True)
    codec = Codec(flow.content)

    assert len(codec.encode(conversation, Answer("ontwerp", "weet_niet")).encode()) <= LIMIT
