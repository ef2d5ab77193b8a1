"""What takes long to make and remembers nothing, so that all tests of a process can share it."""

from functools import lru_cache

from dialogues.flow import Flow
from dialogues.loader import load
from dialogues.understanding import Understanding

CONTENT = load()
FLOW = Flow(CONTENT)


@lru_cache(maxsize=1)
def understanding_of(flow: Flow) -> Understanding:
    return Understanding(flow)
