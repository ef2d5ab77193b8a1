"""A conversation as the address of a page, and back.

An address says four things: the place (the path), the answers by question id (the query), what was
explained last, and what the person just did when that has a reply to show. So every page can be
made anew from its address alone: back, bookmarks, tabs and any number of processes work by
themselves. The mark of a campaign that brought the person travels along.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.explained_address import KEYS, STEP, as_path, as_query, from_path, from_query
from dialogues.conversation import handle, react
from dialogues.events import (
    Answer,
    Change,
    Continue,
    Event,
    Explaining,
    Forget,
)
from dialogues.flow import WELCOME, Flow
from dialogues.intents import COMMANDS
from dialogues.state import FORGET, OVERVIEW, STOPPED, Conversation, place_of
from dialogues.turn import Turn
from dialogues.views import view

OUTCOME = "/uitkomst"
_CHECK = "/zelfcheck"
_PAGES = {
    WELCOME: "/",
    OVERVIEW: "/wijzigen",
    STOPPED: "/gestopt",
    FORGET: "/vergeten",
}
_AT = {path: page for page, path in _PAGES.items()}
# The id of a question has no hyphen, so these keys can never be one.
_COMPLETE, _ANSWERED, _ORIGIN = "alle-vragen", "antwoord-op", "via-campagne"
_YES = "ja"
_OUTDATED = ("vervallen", _YES)
_MARK = re.compile(r"[A-Za-z0-9_-]{4}")
# What campaigns and social media hang on a link to follow people; it is no part of an answer.
_TRACKING = re.compile(r"utm_\w+|[a-z]{1,6}clid|mc_[ce]id|igshid|si|ref")
# Going on changes what is asked. Asked for once more it does nothing, and that is another reply.
_GOES_ON = "gaat_verder"
_STEPS: dict[str, Event] = {
    _GOES_ON: Continue(),
    **{name: event for name, event in COMMANDS.items() if not isinstance(event, Explaining)},
    "alles_gewist": Forget(confirmed=True),
}
_STEP_NAMES = {event: name for name, event in _STEPS.items()}

Query = Sequence[tuple[str, str]]


class NoSuchPage(LookupError):
    """No page of the conversation has this path."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What an address shows. ``address`` is its one canonical form.

    ``event``: what was just done, or nothing; ``outdated``: something in the address is not known
    (any more).
    """

    conversation: Conversation
    turn: Turn
    address: str
    event: Event | None = None
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    conversation: Conversation
    event: Event | None
    outdated: bool


@dataclass(slots=True)
class _Query:
    """What stands in a query. ``said``: what was just done or explained, as it stands there."""

    answers: dict[str, str] = field(default_factory=dict)
    complete: bool = False
    origin: str = ""
    said: tuple[str, str] | None = None
    outdated: bool = False


class Addresses:
    """Made once for a flow. Addresses have no host; ``link`` puts one in front."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def of(self, conversation: Conversation) -> str:
        """The address that shows where a conversation is, and what was explained last.

        What was not understood, and what it may have meant, is in no address.
        """
        path, answers = self._path(conversation), self._answers(conversation)
        own = as_path(self._flow.content, conversation.about) if path == "/" else ""
        return _address(own or path, [*answers, *(() if own else as_query(conversation.about))])

    def after(self, conversation: Conversation, event: Event) -> str:
        """The address that shows the reply to an event."""
        after, reaction = react(self._flow, conversation, event)
        if not reaction or isinstance(event, Explaining):
            return self.of(after)
        return self._replied(conversation, event, after)

    def outdated(self, conversation: Conversation) -> str:
        """The address that also says that a part of what was asked for is not known any more."""
        here = replace(conversation, at="", about=None)
        return _address(self._path(here), [*self._answers(here), _OUTDATED])

    def carrying(self, path: str, conversation: Conversation) -> str:
        """The address of a page from which one can come back to the conversation."""
        return _address(path, self._answers(conversation))

    def _answers(self, conversation: Conversation) -> list[tuple[str, str]]:
        """The answers in the order of the questions, whether to go on, and the origin."""
        given = conversation.answers
        pairs = [(name, given[name]) for name in self._flow.content.questions if name in given]
        if conversation.complete:
            pairs.append((_COMPLETE, _YES))
        if conversation.origin:
            pairs.append((_ORIGIN, conversation.origin))
        return pairs

    def visit(self, path: str, query: Query) -> Visit:
        """What an address shows. Raises NoSuchPage."""
        read = self._read(path, query)
        before, event = read.conversation, read.event
        if event is None:
            shown = view(self._flow, before)
            return Visit(before, shown, self.of(before), outdated=read.outdated)
        after, turn = handle(self._flow, before, event)
        return Visit(after, turn, self.after(before, event), event, read.outdated)

    def carried(self, query: Query) -> Conversation:
        """The answers in a query of any page."""
        given = self._sorted(query)
        return Conversation(given.answers, complete=given.complete, origin=given.origin)

    def _path(self, conversation: Conversation) -> str:
        place = place_of(self._flow, conversation)
        if place in self._flow.content.questions:
            return f"{_CHECK}/{place}"
        return _PAGES.get(place, OUTCOME)

    def _replied(self, before: Conversation, event: Event, after: Conversation) -> str:
        path, answers = self._path(after), self._answers(after)
        match event:
            case Answer(question=question):
                return _address(path, [*answers, (_ANSWERED, question)])
            case Change():
                return _address(path, [*answers, (STEP, _STEP_NAMES[Change()])])
            case Continue() if before.complete != after.complete:
                return _address(path, [*answers, (STEP, _GOES_ON)])
            case _:
                return _address(path, [*answers, (STEP, _STEP_NAMES[event])])

    def _read(self, path: str, query: Query) -> _Read:
        content = self._flow.content
        given = self._sorted(query)
        complete, outdated = given.complete, given.outdated
        at, about = self._place(path)
        if at is None:
            # A question that the content no longer has: the conversation goes on where it is.
            at, outdated = "", True
        event: Event | None = None
        if about is None and given.said:
            about = from_query(content, *given.said)
            event = None if about else self._event(*given.said, at, given.answers)
            outdated = outdated or about is event is None
        match event:
            case Answer(question=question):
                at = question
            case Forget(confirmed=True):
                at = FORGET
            case Continue() if given.said == (STEP, _GOES_ON):
                complete = False
        conversation = Conversation(given.answers, at, complete, about, given.origin)
        return _Read(conversation, event, outdated)

    def _place(self, path: str) -> tuple[str | None, Explaining | None]:
        if path in _AT:
            return _AT[path], None
        if about := from_path(self._flow.content, path):
            return WELCOME, about
        if path in (OUTCOME, _CHECK):
            return "", None
        folder, _, name = path.rpartition("/")
        if folder == _CHECK:
            return (name if name in self._flow.content.questions else None), None
        raise NoSuchPage(path)

    def _sorted(self, query: Query) -> _Query:
        found = _Query()
        for key, value in query:
            if self._flow.fits(key, value) and found.answers.get(key, value) == value:
                found.answers[key] = value
            elif (key, value) == (_COMPLETE, _YES):
                found.complete = True
            elif key == _ORIGIN:
                found.origin = value if _MARK.fullmatch(value) else ""
            elif key in (_ANSWERED, STEP, *KEYS) and found.said in (None, (key, value)):
                found.said = key, value
            elif not _TRACKING.fullmatch(key):
                found.outdated = True
        return found

    def _event(self, key: str, value: str, at: str, answers: Mapping[str, str]) -> Event | None:
        if key == _ANSWERED:
            return Answer(value, answers[value]) if value in answers else None
        event = _STEPS.get(value) if key == STEP else None
        return Change(at) if event == Change() and at in self._flow.content.questions else event


def link(flow: Flow, conversation: Conversation, public_url: str) -> str:
    """The full address that shows the outcome, or the question that is still open.

    Whoever it is given to was not brought by what brought this person.
    """
    return public_url + Addresses(flow).of(replace(conversation, at="", about=None, origin=""))


def _address(path: str, query: Query) -> str:
    # Keys and values are ids, in which no sign needs another form.
    return f"{path}?{'&'.join(map('='.join, query))}" if query else path
