"""What a conversation remembers: answers, and the place that the person asked to see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dialogues.flow import WELCOME, Flow, Path

TERMS = "begrippen"
OVERVIEW = "wijzigen"
STOPPED = "gestopt"
FORGET = "vergeten"
PAGES = (WELCOME, TERMS, OVERVIEW, STOPPED, FORGET)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Answers by question id; ``at``: a page or a question that was asked for, or nothing.

    ``complete``: go on after an outcome that was certain early. Answers that are off the path stay
    in ``answers`` and count for nothing until their question comes back.
    """

    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    at: str = ""
    complete: bool = False


NEW = Conversation(at=WELCOME)


def path_of(flow: Flow, conversation: Conversation) -> Path:
    return flow.path(conversation.answers, complete=conversation.complete)


def place_of(flow: Flow, conversation: Conversation) -> str:
    """The page, question or outcome to show. A wish that makes no sense (any more) is ignored."""
    if conversation.at in PAGES:
        return conversation.at
    path = path_of(flow, conversation)
    return conversation.at if conversation.at in path.passed else path.here
