"""What a store keeps of a conversation comes back as it was, whatever else may stand there."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogues.codec import Codec, UnreadableButton
from dialogues.conversation import handle
from dialogues.events import (
    About,
    Answer,
    Ask,
    Assess,
    Change,
    Continue,
    Event,
    Examples,
    Explaining,
    Forget,
    Help,
    Misunderstood,
    More,
    Partly,
    Privacy,
    Reading,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.intents import meanings
from dialogues.offers import subjects
from dialogues.state import NEW, PAGES, Conversation
from tests.made_once import CONTENT, FLOW

CODEC = Codec(CONTENT)
# All that somebody can mean by a text, and so all that can be suggested: More is about the last.
SUGGESTED: list[Event] = [m.event for m in meanings(CONTENT) if m.event != More()]
ABOUTS: list[Explaining | None] = [
    None,
    *subjects(CONTENT),
    *(Ask(name, more=True) for name in (*CONTENT.terms, *CONTENT.forms, *CONTENT.examples)),
    *(Help(), Reading(), Privacy(), About(), Assess(), Partly()),
    *map(Unknown, get_args(Misunderstood)),
]
ALL_SET: dict[str, str] = {
    name: question.options[0].id for name, question in CONTENT.questions.items()
}
ANSWERS: list[dict[str, str]] = [
    {},
    dict([*ALL_SET.items()][:3]),
    dict(reversed(ALL_SET.items())),
]
PLACES = ["", *PAGES, *CONTENT.questions]


def _comes_back(conversation: Conversation) -> None:
    assert CODEC.restored(CODEC.kept(conversation)) == conversation


def _lists_every_kind(abouts: Iterable[Explaining | None]) -> bool:
    return {type(about) for about in abouts} == {type(None), *get_args(Explaining)} - {Suggest}


def test_every_place_comes_back_with_all_that_can_be_explained_there() -> None:
    assert _lists_every_kind(ABOUTS)
    for answers in ANSWERS:
        for at in PLACES:
            for about in ABOUTS:
                _comes_back(Conversation(answers, at, bool(answers), about))


def test_every_suggestion_comes_back() -> None:
    for pair in permutations(SUGGESTED, 2):
        _comes_back(replace(NEW, about=Suggest(pair)))


@given(
    st.lists(
        st.sampled_from(SUGGESTED)
        | st.sampled_from([*map(Unknown, get_args(Misunderstood)), Assess(), Partly(), More()])
        | st.builds(Answer, st.sampled_from([*CONTENT.questions]), st.just("ja")),
        max_size=30,
    )
)
def test_every_state_of_a_conversation_comes_back(events: list[Event]) -> None:
    conversation = NEW
    for event in events:
        conversation, _ = handle(FLOW, conversation, event)
        _comes_back(conversation)


@given(
    st.text(st.characters(exclude_categories=()), max_size=300)
    | st.from_regex(r"1\|[a-zA-Z]?\|[a-z_,]{0,9}\|[a-zA-Z]?\|\+?([a-z]{1,3}\.){0,9}[a-z.]*")
)
@example("1|z||W|")
@example("1|z|V,a,awj,w,wx,kx,zkx,s|W|")
@example("1|z|j,n,qtext|W|")
@example("1|q|whatever|W|")
@example("1|V||W|")
@example("1|awj||W|")
@example("1||x|W|")
@example("1|x|geen|q|")
@settings(max_examples=500)
def test_any_text_from_a_store_is_nothing_or_goes_on(text: str) -> None:
    restored = CODEC.restored(text)
    if restored is None:
        return
    CODEC.kept(restored)
    after, turn = handle(FLOW, restored, Unknown())

    assert turn.messages
    assert turn.choices
    _comes_back(after)


@pytest.mark.parametrize(
    "event", [*SUGGESTED, Answer("doel", "ja"), Change("doel"), Forget(confirmed=True)], ids=str
)
def test_only_an_explanation_is_restored_as_one(event: Event) -> None:
    restored = CODEC.restored(CODEC.encode(NEW, event))

    expected = replace(NEW, about=event) if isinstance(event, Explaining) else None
    assert restored == expected


@pytest.mark.parametrize(
    "about", [None, Assess(), Partly(), Unknown("lost"), Suggest((Help(), Topics()))]
)
def test_a_button_cannot_hold_what_only_a_store_keeps(about: Explaining | None) -> None:
    with pytest.raises(UnreadableButton):
        CODEC.decode(CODEC.kept(replace(NEW, about=about)))


def test_what_the_content_no_longer_knows_is_kept_until_the_conversation_notices() -> None:
    gone = "1|z|tgone,kgone|d|wj.xj.bq"
    restored = CODEC.restored(gone)

    assert restored is not None
    assert CODEC.kept(restored) == gone
    after, turn = handle(FLOW, restored, Help())
    assert after.answers == {"publieke_waarde": "ja"}
    assert after.about == Help()
    assert turn.messages[0].body == CONTENT.texts.outdated


@pytest.mark.parametrize(
    "event",
    [
        *(Ask("gone"), Topics("gone"), Examples("gone"), More(), Unknown(), Forget(confirmed=True)),
        *(Answer("doel", "ja"), Change("doel"), Suggest((Help(),))),
    ],
)
def test_what_cannot_be_offered_is_not_suggested(event: Event) -> None:
    suggestion = Suggest((Help(), event))
    for conversation, said in ((replace(NEW, about=suggestion), Continue()), (NEW, suggestion)):
        after, turn = handle(FLOW, conversation, said)

        assert after.about is None
        assert turn.messages[0].body == CONTENT.texts.unknown_button
