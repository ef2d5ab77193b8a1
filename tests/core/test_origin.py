"""The mark of what brought a person goes along everywhere, and changes nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.codec import Codec, UnreadableButton
from dialogues.conversation import handle
from dialogues.events import Event, Forget
from dialogues.state import NEW, Conversation
from tests.core.test_properties import any_events, conversations, origins
from tests.made_once import FLOW

CODEC = Codec(FLOW.content)


@given(conversations, any_events)
def test_no_event_but_forgetting_loses_it_and_none_looks_at_it(
    conversation: Conversation, event: Event
) -> None:
    without = replace(conversation, origin="")
    after, turn = handle(FLOW, conversation, event)
    expected, shown = handle(FLOW, without, event)

    assert turn == shown
    kept = "" if event == Forget(confirmed=True) else conversation.origin
    assert after == replace(expected, origin=kept)


@given(conversations)
def test_the_payload_of_a_link_carries_it(conversation: Conversation) -> None:
    opened = CODEC.opened(CODEC.payload(conversation))

    assert opened == replace(conversation, at="")


@given(conversations)
def test_what_is_kept_has_it(conversation: Conversation) -> None:
    assert CODEC.restored(CODEC.kept(conversation)) == conversation


@pytest.mark.parametrize("mark", ["", "abc", "abcde", "ab|c", "ab d", "abc\n", "abcé", "ab.d"])
def test_what_is_no_mark_makes_no_button(mark: str) -> None:
    with pytest.raises(UnreadableButton):
        CODEC.decode(f"1|s||||{mark}")


@given(origins)
def test_a_button_from_before_there_were_marks_still_works(mark: str) -> None:
    ending = f"|{mark}" if mark else ""

    assert CODEC.decode(f"1|s||W|{ending}")[0] == replace(NEW, origin=mark)


@given(st.text(max_size=8))
def test_any_ending_of_a_payload_is_read_or_refused(ending: str) -> None:
    opened = CODEC.opened(f"AwJ_{ending}")

    assert opened is None or opened.origin == ending
