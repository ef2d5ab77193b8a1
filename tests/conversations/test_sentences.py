"""The same sentence gets the same reply in every channel, at the start and in the check."""

from pathlib import Path

import pytest

from dialogues import markup
from dialogues.conversation import handle
from dialogues.events import Forget
from dialogues.flow import Flow
from dialogues.markup import Paragraph
from dialogues.state import NEW, Conversation
from dialogues.turn import Message
from tests.cli.conftest import Run
from tests.conversations import channels
from tests.made_once import understanding_of

# A sample of the sentences that the understanding is measured on.
SENTENCES = (Path(__file__).parent / "zinnen.txt").read_text(encoding="utf-8").splitlines()
_AT_THE_START = ("wis alles", "Ja, wis alles")
_AT_A_QUESTION = ("opnieuw",)
STEPS = [
    step
    for place in (_AT_THE_START, _AT_A_QUESTION)
    for sentence in SENTENCES
    for step in (*place, sentence)
]


@pytest.fixture(scope="module")
def firsts(flow: Flow) -> list[str]:
    """How each reply begins, as the core words it."""
    understanding = understanding_of(flow)
    conversation: Conversation = NEW
    said = []
    for step in STEPS:
        event = understanding.read(step, conversation)
        conversation, turn = handle(flow, conversation, event)
        said.append(_beginning(turn.messages[0]))
        assert step != _AT_THE_START[1] or event == Forget(confirmed=True)
    return said


def _beginning(message: Message) -> str:
    first = message.body[0]
    words = markup.words(first.spans) if isinstance(first, Paragraph) else ""
    return _on_one_line(f"{message.title} {words}")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("channel", ["terminal", "telegram"])
def test_a_sentence_is_understood_the_same_way(
    flow: Flow, run: Run, firsts: list[str], channel: str
) -> None:
    if channel == "terminal":
        replies = channels.terminal(run, STEPS)
    else:
        replies = channels.telegram_typed(flow, STEPS)

    assert len(SENTENCES) == 30
    for step, reply, first in zip(STEPS, replies, firsts, strict=True):
        assert _on_one_line(reply).startswith(first), step
