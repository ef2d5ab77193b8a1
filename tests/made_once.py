"""What takes long to make and remembers nothing, so that all tests of a process can share it."""

from functools import lru_cache

from dialogues.flow import Flow
from dialogues.understanding import Understanding


@lru_cache(maxsize=1)
def understanding_of(flow: Flow) -> Understanding:
    return Understanding(flow)
