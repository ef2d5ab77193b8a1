"""Whatever is typed, in any alphabet and of any length, gives a valid turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.conversation import handle
from dialogues.state import NEW, Conversation
from tests.made_once import FLOW, understanding_of
from tests.understanding.labelled import ASKED, sentences

UNDERSTANDING = understanding_of(FLOW)
WORDS = sorted({word for s in sentences("onderwerpen") for word in s.text.split()})

pytestmark = pytest.mark.usefixtures("unmeasured")


@given(
    st.text()
    | st.text(min_size=300, max_size=6000)
    | st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join),
    st.sampled_from((NEW, ASKED, Conversation(at="wijzigen"), Conversation(at="vergeten"))),
)
def test_any_text_gives_a_turn(text: str, conversation: Conversation) -> None:
    understood = UNDERSTANDING.understand(text, conversation)
    _, turn = handle(FLOW, conversation, understood.event)

    assert turn.messages
    assert 0.0 <= understood.confidence <= 1.0
    assert understood == UNDERSTANDING.understand(text, conversation)
    assert understood.event == UNDERSTANDING.read(text, conversation)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a b " * 250_000, "?" * 1_000_000, "ß🎈" * 9999])
def test_a_very_long_text_is_cut_off(text: str) -> None:
    assert UNDERSTANDING.read(text, ASKED) == UNDERSTANDING.read(text[:5000], ASKED)
