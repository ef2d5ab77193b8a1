"""What a person can do: the events of a conversation, the same for every channel."""

from dataclasses import dataclass
from typing import Literal

Misunderstood = Literal["text", "story", "answer", "lost", "button", "attachment", "edit"]


@dataclass(frozen=True, slots=True)
class Start:
    """Show the welcome and the menu; answers stay."""


@dataclass(frozen=True, slots=True)
class Check:
    """Begin the self-check, or go on with it where it was."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Give an answer; on a question that has one already, this changes it."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Back:
    """One step back."""


@dataclass(frozen=True, slots=True)
class Change:
    """Ask a question again; without a question, list the answers to choose from."""

    question: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """Why is this asked, what does it mean, what can I do here?"""


@dataclass(frozen=True, slots=True)
class Topics:
    """List the topics; or, of one topic, what can be explained."""

    topic: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Explain a term, a form that is not coproduction, or an example. ``more``: in depth."""

    name: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """Explain what was explained last in depth."""


@dataclass(frozen=True, slots=True)
class Examples:
    """List the fields and outcomes that have examples; or the examples of one of them."""

    by: str = ""


@dataclass(frozen=True, slots=True)
class Assess:
    """Is this coproduction? Begins the self-check: a description alone is never judged."""


@dataclass(frozen=True, slots=True)
class Partly:
    """Neither yes nor no is meant: help to choose."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where to read more."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept: nothing."""


@dataclass(frozen=True, slots=True)
class About:
    """Who or what is talking."""


@dataclass(frozen=True, slots=True)
class ShowOutcome:
    """Say what is certain now, also halfway."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Ask the remaining questions although the outcome is already certain."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Begin the check again without answers."""


@dataclass(frozen=True, slots=True)
class Stop:
    """End the conversation; the answers stay in the buttons."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Wipe the conversation; asks for confirmation first."""

    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Suggest:
    """A typed text may mean each of these; the person chooses."""

    events: tuple["Event", ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that means nothing here. ``lost``: what was typed before it did not either."""

    what: Misunderstood = "text"


# What is explained or said without moving the conversation.
Explaining = (
    Help | Topics | Ask | Examples | Reading | Privacy | About | Assess | Partly | Suggest | Unknown
)
# What goes to another place, or may do so.
Moving = Start | Check | Answer | Back | Change | ShowOutcome | Continue | Restart | Stop | Forget
Event = Explaining | Moving | More
