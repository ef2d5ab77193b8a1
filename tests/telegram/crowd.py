"""Many people with the bot at once, each with answers of their own, watched from one thread.

A person does something, waits for the reply that belongs to it, and only then does the next thing.
What is expected comes from the definition in `tests/core`, never from the code of the product.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.botapi.chats import Message
from tests.botapi.parameters import Json
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.core import definition
from tests.core.definition import QUESTIONS

SENTENCES = {
    "volledig": "Volgens uw antwoorden is dit volledige coproductie.",
    "implementatie": "Volgens uw antwoorden is dit coproductie in de implementatie.",
    "complementair": "Volgens uw antwoorden is dit complementaire coproductie.",
    "geen": "Volgens uw antwoorden is dit geen coproductie.",
    "open": "Er is nog geen uitkomst te geven met wat u nu weet.",
}
# What who types is told while the store is gone, and when it had to forget.
PLACE_LOST = ("Ik weet even niet bij welke vraag u was.", "Ik weet niet bij welke vraag dit")
FAILED = "Er ging iets mis."
_LABELS = {"ja": "Ja", "nee": "Nee", "weet_niet": "Weet ik niet"}
_WORDS = {"ja": ("ja", "1"), "nee": ("nee", "2"), "weet_niet": ("weet ik niet", "3")}
_LIKELY = {"ja": 0.74, "nee": 0.12, "weet_niet": 0.14}
_STEPS = {"tap": 0.45, "two taps": 0.1, "type": 0.35, "ask": 0.05, "back": 0.05}
_LOOK_AGAIN = 0.01  # seconds
_PATIENCE = 60.0  # seconds without anything that anybody waited for


@dataclass(frozen=True)
class Shown:
    """A message as it was when somebody looked; the bot may change it before they tap."""

    id: int
    buttons: tuple[Json, ...]

    def button(self, start: str) -> Json:
        """The one that says this, and perhaps more."""
        return next(button for button in self.buttons if button["text"].startswith(start))


@dataclass
class Walker:
    """One person, from /zelfcheck to the outcome; `plan` has an answer for each question."""

    server: BotApiServer
    chat: int
    chance: random.Random
    plan: dict[str, str] = field(init=False)
    answers: dict[str, str] = field(default_factory=dict)
    complete: bool = False
    arrived: bool = False
    did: list[str] = field(default_factory=list)
    told_to_tap: int = 0
    _look: int = 0
    _query: str = ""
    _act: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        self.person = Person(self.server, self.chat)
        options, weights = zip(*_LIKELY.items(), strict=True)
        self.plan = {q: self.chance.choices(options, weights)[0] for q in QUESTIONS}
        self._wants_all = self.chance.random() < 0.2
        self._expected = self._asked = QUESTIONS[0]
        self._do("/zelfcheck", lambda: self.person.say("/zelfcheck"))

    @property
    def outcome(self) -> str:
        return definition.here(self.answers, complete=self.complete)

    def go_on(self) -> bool:
        """Look at what is new, and take the next step if the reply is there; whether it was."""
        seen = self._version()
        if self.arrived or seen == self._look:
            return False
        self._look = seen
        shown = self._showing()
        if shown is None:
            self._try_again()
            return False
        if self._expected in QUESTIONS:
            self._step(self._expected, shown)
        elif self.outcome == "geen" and self._wants_all and not self.complete:
            self.complete = True
            self._expect("tap all", lambda: self._tap("Ook de andere vragen", shown))
        else:
            self.arrived = True
        return True

    def _step(self, question: str, shown: Shown) -> None:
        answer, self._asked = self.plan[question], question
        kinds, weights = zip(*_STEPS.items(), strict=True)
        kind = self.chance.choices(kinds, weights)[0]
        if kind == "ask":
            self._do("ask", lambda: self.person.say("wat is cocreatie?"))
            return
        behind = definition.passed(self.answers, complete=self.complete)
        if kind == "back" and QUESTIONS.index(question) > 0:
            self._expected = (
                behind[behind.index(question) - 1] if question in behind else behind[-1]
            )
            self._do("back", lambda: self.person.say("terug"))
            return
        self.answers[question] = answer
        if kind == "type":
            word = self.chance.choice(_WORDS[answer])
            self._expect(f"type {word}", lambda: self.person.say(word))
            return
        label = _LABELS[answer]
        self._expect(f"tap {label}", lambda: self._tap(label, shown))
        if kind == "two taps":
            self._act()

    def _tap(self, label: str, shown: Shown) -> None:
        data = shown.button(label)["callback_data"]
        self._query = self.person.tap_data(data, shown.id)

    def _expect(self, did: str, act: Callable[[], object]) -> None:
        self._expected = self.outcome
        self._do(did, act)

    def _do(self, did: str, act: Callable[[], object]) -> None:
        with self.server.state.lock:
            self.did.append(did)
            self._query = ""
            self._before = self._versions()
            self._look = self._version()
            self._act = act
            act()

    def _try_again(self) -> None:
        """As people do when they are told that something went wrong."""
        answer = self.server.state.queries[self._query].answer if self._query else None
        said = [m.json["text"] for m in self._new_messages()]
        if FAILED in str(answer) or any(FAILED in text for text in said):
            self._do("again", self._act)
        elif place_lost(said):
            self.told_to_tap += 1
            self._use_a_button()

    def _use_a_button(self) -> None:
        """What they meant to type they tap, under the last question."""
        with self.server.state.lock:
            asked = [m for m in self._messages() if m.rows and "Vraag " in m.json["text"]]
            shown = _as_shown(asked[-1])
        label = _LABELS[self.plan[self._asked]]
        self._do(f"tap {label} instead", lambda: self._tap(label, shown))

    def _showing(self) -> Shown | None:
        """The newest message with what is waited for, if it is new.

        A long outcome comes in several messages, and the last one has the buttons.
        """
        wanted = SENTENCES.get(self._expected) or f"Vraag {QUESTIONS.index(self._expected) + 1} van"
        with self.server.state.lock:
            new = self._new_messages()
            for place in reversed(range(len(new))):
                if wanted in new[place].json["text"]:
                    return next((_as_shown(m) for m in new[place:] if m.rows), None)
        return None

    def _new_messages(self) -> list[Message]:
        """What the bot wrote or changed since the last thing that was done."""
        return [
            message
            for message in self._messages()
            if message.json["from"]["is_bot"] and self._before.get(message.id) != message.edits
        ]

    def _messages(self) -> list[Message]:
        with self.server.state.lock:
            return list(self.server.state.chats[self.chat].messages.values())

    def _versions(self) -> dict[int, int]:
        with self.server.state.lock:
            chat = self.server.state.chats.get(self.chat)
            return {m.id: m.edits for m in chat.messages.values()} if chat else {}

    def _version(self) -> int:
        """Something that grows with whatever the bot does in the chat."""
        answered = bool(self._query and self.server.state.queries[self._query].answer)
        return sum(edits + 1 for edits in self._versions().values()) + answered

    def check(self) -> None:
        """The outcome is the right one, and comes from these answers alone."""
        shown = self._showing()
        assert shown is not None, self.story()
        links = [button["url"] for button in shown.buttons if "url" in button]
        assert len(links) == 1, self.story()
        told = dict(parse_qsl(urlsplit(links[0]).query))
        complete = told.pop("alle-vragen", "nee") == "ja"
        assert (told, complete) == (self.answers, self.complete), self.story()

    def story(self) -> str:
        expects = f"expects {self._expected} with {self.answers}"
        return f"chat {self.chat}, {expects}, did {self.did}:\n{self.person.dump()}"


def place_lost(said: Iterable[str]) -> bool:
    return any(line in text for text in said for line in PLACE_LOST)


class Crowd:
    """`size` people; the same seed gives the same people."""

    def __init__(self, server: BotApiServer, size: int, seed: int) -> None:
        self.steps = 0
        chance = random.Random(seed)
        self.people = [
            Walker(server, chat, random.Random(chance.random())) for chat in range(1, size + 1)
        ]

    @property
    def told_to_tap(self) -> int:
        """How often somebody typed an answer and nobody knew to which question."""
        return sum(one.told_to_tap for one in self.people)

    def walk(self, events: Sequence[tuple[int, Callable[[], Any]]] = ()) -> None:
        """Until all have arrived. `events`: what happens once so many steps have been taken."""
        coming: Iterator[tuple[int, Callable[[], Any]]] = iter(sorted(events, key=lambda e: e[0]))
        due = next(coming, None)
        latest = time.monotonic() + _PATIENCE
        while underway := [one for one in self.people if not one.arrived]:
            went_on = sum(one.go_on() for one in underway)
            self.steps += went_on
            while due and self.steps >= due[0]:
                due[1]()
                due = next(coming, None)
            if went_on:
                latest = time.monotonic() + _PATIENCE
            elif time.monotonic() > latest:
                stories = "\n\n".join(one.story() for one in underway[:3])
                raise AssertionError(f"{len(underway)} are stuck, such as {stories}")
            else:
                time.sleep(_LOOK_AGAIN)
        for one in self.people:
            one.check()


def _as_shown(message: Message) -> Shown:
    return Shown(message.id, tuple(button for row in message.rows for button in row))
