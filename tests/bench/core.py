"""The core alone: what a turn costs before any channel has a part in it."""

import time

from dialogues.conversation import handle
from dialogues.events import Answer
from dialogues.flow import Flow
from dialogues.state import NEW, Conversation
from dialogues.understanding import Understanding
from tests.bench.dialogue import DIALOGUE, Say
from tests.core.definition import QUESTIONS

_TIMES = 300
_FRESH = 10
_LAST = Answer(QUESTIONS[-1], "ja")


def _seven() -> Conversation:
    return Conversation(answers=dict.fromkeys(QUESTIONS[:-1], "ja"))


def last_answer(flow: Flow) -> float:
    """CPU microseconds of the turn that gives the eighth answer: eight are replayed."""
    started = time.process_time()
    for _ in range(_TIMES):
        handle(flow, _seven(), _LAST)
    return 1e6 * (time.process_time() - started) / _TIMES


def first_time(flow: Flow) -> float:
    """The same where nobody has given any of these answers before."""
    flows = [Flow(flow.content) for _ in range(_FRESH)]
    started = time.process_time()
    for fresh in flows:
        handle(fresh, _seven(), _LAST)
    return 1e6 * (time.process_time() - started) / _FRESH


def typed(flow: Flow, understanding: Understanding) -> float:
    """CPU microseconds per turn of the whole dialogue, with everything typed and understood."""
    words = [step.text if isinstance(step, Say) else step.label for step in DIALOGUE]
    turns = 0
    started = time.process_time()
    while turns < _TIMES:
        conversation = NEW
        for word in words:
            event = understanding.read(word, conversation)
            conversation, _ = handle(flow, conversation, event)
        turns += len(words)
    return 1e6 * (time.process_time() - started) / turns
