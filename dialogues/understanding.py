"""Typed text becomes an event, the same way in every channel.

Tried in this order: a number or the label of what is on offer, a command, a reply to the open
question, a question about an initiative ("is X coproductie?"), and whatever the phrasings of the
content come nearest to. Nothing is learned or looked up; the same text always means the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dialogues.content import PARTLY
from dialogues.entries import entry
from dialogues.events import (
    Answer,
    Assess,
    Event,
    Forget,
    Partly,
    Restart,
    Start,
    Stop,
    Suggest,
    Unknown,
)
from dialogues.flow import Flow
from dialogues.intents import (
    CHECK_TOPIC,
    COMMANDS,
    EXAMPLES_TOPIC,
    meanings,
    topic_of_command,
)
from dialogues.matching import Intent, Match, Matcher
from dialogues.replies import NO, YES, Replies
from dialogues.spelling import Spelling, bare
from dialogues.state import Conversation
from dialogues.turn import Choice
from dialogues.verdict import asks_for_verdict
from dialogues.views import view

_SURE = 0.58  # confidence from which a text is taken to be about something
_MARGIN = 0.05  # with two topics nearer to each other than this, the person chooses
_SURE_OF_INITIATIVE = 0.6  # that it resembles an example or a form
_EXAMPLE_FIRST = 0.25  # an example goes before a form that the text is this much nearer to
_CERTAIN = 0.95  # nearly a phrasing of the content: no need to ask what is meant
_A_STORY = 60  # characters; who types more is telling something, perhaps about people
# What is said to the programme itself: a command, or a reply to the open question.
_SURE_OF_ORDER = 0.6
_MOVES = (Restart, Stop, Forget)
_SURE_OF_MOVE = 0.7  # with which answers or the place in the check may be lost
_SURE_OF_REPLY = 0.6
_CLEAR = 0.1  # distance of ja and nee from the other replies
_EXPECTED = 0.15  # with an open question, a subject must be this much nearer
_STRANGE = 0.4  # how much words count that no way to say it has
_NUMBER = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text is taken to mean, and what it may mean, best first.

    ``topic``: the topic of ``event``; empty for a command that has none and for what is unknown.
    """

    event: Event
    topic: str = ""
    matches: tuple[Match, ...] = ()

    @property
    def confidence(self) -> float:
        """From 0 to 1; what needed no comparing is certain."""
        return self.matches[0].confidence if self.matches else float(bool(self.topic))


class Understanding:
    """Made once from the content; may be asked for any conversation."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        words = flow.content.words
        self._spelling = Spelling(words.spelling, words.anchors)
        self._replies = Replies(words)
        self._commands = {
            bare(phrase): COMMANDS[name]
            for name, phrases in words.commands.items()
            for phrase in phrases
        }
        self._meanings = {meaning.intent.name: meaning for meaning in meanings(flow.content)}
        self._topics = {m.event: m.intent.topic for m in self._meanings.values()}
        self._comparable = {*flow.content.examples, *flow.content.forms}

    # Counting the phrasings takes longer than all else at start-up, and who only taps or answers
    # never needs it: it waits for the first text that has to be compared.

    def warm_up(self) -> None:
        """Make now what the first text that must be compared would wait a quarter second for."""
        _ = self._matcher, self._orders

    @cached_property
    def _matcher(self) -> Matcher:
        """For what can be explained."""
        words = self._flow.content.words
        intents = [m.intent for m in self._meanings.values() if m.intent.topic]
        return Matcher(
            intents, words.spelling, words.filler, words.same, words.anchors, words.meaning
        )

    @cached_property
    def _orders(self) -> Matcher:
        """For replies and commands. Small words are all that they have, so none is filler."""
        words = self._flow.content.words
        said = (*words.answers.items(), *words.commands.items())
        intents = [Intent(name, name, phrases) for name, phrases in said]
        return Matcher(intents, words.spelling, (), words.same, lacking=_STRANGE)

    def read(self, text: str, conversation: Conversation) -> Event:
        """What a typed text means in this conversation; never raises."""
        return self.understand(text, conversation).event

    def understand(self, text: str, conversation: Conversation) -> Understood:
        """The same, with what else it may mean."""
        if text.lstrip().startswith("/"):
            return self._certain(self._slash_command(text))
        choices = view(self._flow, conversation).choices
        chosen = self._chosen(bare(text), choices)
        return self._certain(chosen) if chosen else self._interpreted(text, choices)

    def _chosen(self, said: str, choices: Sequence[Choice]) -> Event | None:
        """What needs no interpreting: a choice, a known command, a known way to reply."""
        event = self._choice(said, choices) or self._commands.get(said)
        return event or self._reply(self._replies.exact(said), choices)

    def _interpreted(self, text: str, choices: Sequence[Choice]) -> Understood:
        matches = self._matcher.rank(text)
        best = matches[0].confidence if matches else 0.0
        if best < _CERTAIN:
            event = self._ordered(text, choices, best)
            if event is not None:
                return self._certain(event)
        return self._asked(text, matches)

    def _ordered(self, text: str, choices: Sequence[Choice], subject: float) -> Event | None:
        """A command, or a reply to the open question; ``subject``: how sure another meaning is."""
        answering = bool(_answers(choices))
        replying = answering and not self._replies.asks(text)
        if answering:
            subject -= _EXPECTED
        said = [m for m in self._orders.rank(text) if replying or m.name in COMMANDS]
        best = said[0] if said else None
        if best and best.name in COMMANDS:
            event = COMMANDS[best.name]
            least = _SURE_OF_MOVE if isinstance(event, _MOVES) else _SURE_OF_ORDER
            if best.confidence >= max(least, subject):
                return event
        if not replying:
            return None
        option = self._replies.beginning(bare(text)) or self._replied(text, said, subject)
        return self._reply(option, choices)

    def _replied(self, text: str, said: Sequence[Match], subject: float) -> str | None:
        """The reply that is nearest, PARTLY when a second one is near too."""
        best = said[0] if said else None
        least = max(_SURE_OF_REPLY, subject)
        if best is None or best.name in COMMANDS or best.confidence < least:
            return None
        others = (m.confidence for m in said[1:] if m.name not in COMMANDS)
        if best.name in (YES, NO) and best.confidence - max(others, default=0.0) < _CLEAR:
            return PARTLY
        return self._replies.careful(best.name, bare(text))

    def _certain(self, event: Event) -> Understood:
        return Understood(event, topic_of_command(event) or self._topics.get(event, ""))

    def _slash_command(self, text: str) -> Event:
        # Telegram writes /start@name_of_the_bot in groups, and /start payload after a link.
        command, _, payload = text.strip()[1:].partition(" ")
        name = command.partition("@")[0]
        event = self._commands.get(bare(name.replace("_", " ")))
        if event == Start() and payload:
            # A link that leads nowhere is the ordinary start.
            return entry(self._flow.content, payload) or Start()
        return event or Unknown()

    def _choice(self, said: str, choices: Sequence[Choice]) -> Event | None:
        if _NUMBER.fullmatch(said):
            number = int(said)
            return choices[number - 1].event if 1 <= number <= len(choices) else Unknown()
        labels = {bare(choice.label): choice.event for choice in reversed(choices)}
        if said in labels:
            return labels[said]
        for answer in _answers(choices):
            option = self._flow.content.questions[answer.question].option(answer.option)
            if said in map(bare, option.also):
                return answer
        # "jazeker" chooses "Ja, wis alles", and "opnieuw" chooses "Opnieuw beginnen".
        first_words = (f"{said} ", f"{self._replies.exact(said) or said} ")
        starting = [event for label, event in labels.items() if label.startswith(first_words)]
        return starting[0] if len(starting) == 1 and said else None

    def _reply(self, option: str | None, choices: Sequence[Choice]) -> Event | None:
        """An answer to the open question; without one, an answer to nothing."""
        if option is None:
            return None
        answers = _answers(choices)
        if not answers:
            return Unknown("answer")
        if option == PARTLY:
            return Partly()
        return next((answer for answer in answers if answer.option == option), None)

    def _asked(self, text: str, matches: tuple[Match, ...]) -> Understood:
        initiative = asks_for_verdict(self._spelling.corrected(text))
        known = matches and matches[0].confidence > _CERTAIN
        if initiative is not None and not known:
            return self._verdict(initiative, matches)
        likely = [match for match in matches if match.confidence >= _SURE]
        if not likely:
            return Understood(_unknown(text), matches=matches)
        best = likely[0]
        close = [m for m in likely if best.confidence - m.confidence < _MARGIN]
        others = [match for match in close if match.topic != best.topic]
        if others and best.confidence < _CERTAIN:
            events = (self._meanings[best.name].event, self._meanings[others[0].name].event)
            return Understood(Suggest(events), best.topic, matches)
        return Understood(self._meanings[best.name].event, best.topic, matches)

    def _verdict(self, initiative: str, matches: tuple[Match, ...]) -> Understood:
        """An initiative is never judged, but what resembles it can be shown."""
        alike = [
            match
            for match in self._matcher.rank(initiative)
            if match.confidence >= _SURE_OF_INITIATIVE and match.name in self._comparable
        ]
        if not alike:
            return Understood(Assess(), CHECK_TOPIC, matches)
        # An example tells more than the form that it may have the name of.
        near = [match for match in alike if match.topic == EXAMPLES_TOPIC]
        nearly = near and alike[0].confidence - near[0].confidence < _EXAMPLE_FIRST
        best = near[0] if nearly else alike[0]
        topic = CHECK_TOPIC if best.topic == EXAMPLES_TOPIC else best.topic
        return Understood(self._meanings[best.name].event, topic, matches)


def _answers(choices: Sequence[Choice]) -> list[Answer]:
    return [choice.event for choice in choices if isinstance(choice.event, Answer)]


def _unknown(text: str) -> Unknown:
    return Unknown("story" if len(bare(text)) > _A_STORY else "text")
