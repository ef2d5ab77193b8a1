"""What a conversation remembers: answers, the place asked to see, and what was explained last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dialogues.events import Explaining
from dialogues.flow import WELCOME, Flow, Path

OVERVIEW = "wijzigen"
STOPPED = "gestopt"
FORGET = "vergeten"
PAGES = (WELCOME, OVERVIEW, STOPPED, FORGET)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Answers by question id; ``at``: a page or a question that was asked for, or nothing.

    ``complete``: go on after an outcome that was certain early. Answers that are off the path stay
    in ``answers`` and count for nothing until their question comes back. ``about``: what the last
    event asked to explain; it is shown above the place, offers what one may want next, and is gone
    with the next event. ``origin``: the mark of what brought the person here, such as a campaign;
    it is carried along and changes nothing. Four letters, digits, ``_`` or ``-``, or empty.
    """

    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    at: str = ""
    complete: bool = False
    about: Explaining | None = None
    origin: str = ""


NEW = Conversation(at=WELCOME)


def path_of(flow: Flow, conversation: Conversation) -> Path:
    return flow.path(conversation.answers, complete=conversation.complete)


def place_of(flow: Flow, conversation: Conversation) -> str:
    """The page, question or outcome to show. A wish that makes no sense (any more) is ignored."""
    if conversation.at in PAGES:
        return conversation.at
    path = path_of(flow, conversation)
    return conversation.at if conversation.at in path.passed else path.here
