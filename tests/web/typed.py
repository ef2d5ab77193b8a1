"""Texts to type, found by what the content makes of them."""

from functools import cache
from itertools import combinations

from dialogues.events import Explaining, Suggest
from dialogues.flow import Flow
from dialogues.state import NEW
from tests.made_once import understanding_of


@cache
def ambiguous(flow: Flow) -> tuple[str, tuple[Explaining, ...]]:
    """A text that may mean two things, and these; both are explanations."""
    understanding = understanding_of(flow)
    for one, other in combinations(flow.content.terms.values(), 2):
        text = f"{one.name} {other.name}"
        event = understanding.read(text, NEW)
        if isinstance(event, Suggest):
            events = tuple(meant for meant in event.events if isinstance(meant, Explaining))
            if events == event.events:
                return text, events
    raise AssertionError("no two terms are close")
