"""What is counted. This list is the only one: the privacy pages are made from it too."""

from dataclasses import dataclass
from enum import StrEnum

from dialogues.events import Ask, Event, More, Unknown
from dialogues.explanations import explains
from dialogues.flow import Flow
from dialogues.state import Conversation

_TYPED = ("text", "story", "answer", "lost")


class Measure(StrEnum):
    """The value is the key in ``tellingen.yaml``, in the store and in what scripts get."""

    START = "start"
    BEGUN = "zelfcheck_begonnen"
    FINISHED = "zelfcheck_afgerond"
    OUTCOME = "uitkomst"
    TERM = "begrip"
    NOT_UNDERSTOOD = "niet_begrepen"


class Channel(StrEnum):
    WEB = "web"
    TELEGRAM = "telegram"
    EMBEDDED = "ingesloten"


@dataclass(frozen=True, slots=True)
class Count:
    """One more of something. ``name``: the id of the outcome, or of what was explained."""

    measure: Measure
    name: str = ""


def counts_of(
    flow: Flow, before: Conversation, event: Event, after: Conversation
) -> tuple[Count, ...]:
    """What a turn adds to the sums; a start is up to the channel, which knows how people come in.

    Going on after an early outcome is not another check: outcomes are looked at as if nobody did.
    """
    match event:
        case Ask(name=name):
            return (Count(Measure.TERM, name),) if explains(flow.content, event) else ()
        case More():
            return (Count(Measure.TERM, after.about.name),) if isinstance(after.about, Ask) else ()
        case Unknown(what=what):
            return (Count(Measure.NOT_UNDERSTOOD),) if what in _TYPED else ()
    if before.answers == after.answers:
        return ()
    counts = [] if before.answers else [Count(Measure.BEGUN)]
    # Most turns end here, and this is done in every turn.
    if reached := _outcome(flow, after):
        earlier = _outcome(flow, before)
        if not earlier:
            counts.append(Count(Measure.FINISHED))
        if reached != earlier:
            counts.append(Count(Measure.OUTCOME, reached))
    return tuple(counts)


def _outcome(flow: Flow, conversation: Conversation) -> str:
    here = flow.path(conversation.answers, complete=False).here
    return here if here in flow.content.outcomes else ""
