"""Many people who come in by a campaign or not, and begin the check, and the truth about them.

The truth comes from what they do and from the definition in `tests/core`, never from the code of
the product.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.core import definition
from tests.core.definition import QUESTIONS

CAMPAIGNS = """\
- code: buurtfeest-2027
  naam: Buurtfeest 2027
  begin: zelfcheck
  welkom: Leuk dat u er was.
  kop: Is uw initiatief coproductie?
  tekst: Doe de zelfcheck.
- code: uitleg
  naam: Uitleg
  begin: cocreatie
  welkom: Leuk dat u er was.
  kop: Wat is cocreatie?
  tekst: Lees er meer over.
"""
_ENTRANCES = {"/start": 0.2, "/start c-buurtfeest-2027": 0.6, "/start c-uitleg": 0.2}
_LABELS = {"ja": "Ja", "nee": "Nee", "weet_niet": "Weet ik niet"}
# Most have an outcome soon, so that a thousand take no minutes. A few are there to see them all.
_LIKELY = {"ja": 0.25, "nee": 0.7, "weet_niet": 0.05}
_LIKELY_OF_PATIENT = {"ja": 0.88, "nee": 0.06, "weet_niet": 0.06}
_PATIENT = 0.03
_LEAVES = 0.2  # the chance of the others after each step
_LOOK_AGAIN = 0.02  # seconds
_PATIENCE = 60.0  # seconds without any update that was handled


@dataclass
class Visitor:
    """One person; what they did counts in ``did``, by campaign, measure and name."""

    server: BotApiServer
    chat: int
    chance: random.Random
    did: list[tuple[str, str, str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    gone: bool = False

    def __post_init__(self) -> None:
        self._person = Person(self.server, self.chat)
        self._campaign = ""
        self._patient = self.chance.random() < _PATIENT

    def act(self) -> None:
        """Do the next thing; the reply to the one before has come."""
        if not self.did:
            self._come_in()
        elif not self._person.last.text.count("Vraag 1 van") and not self.answers:
            self._person.tap("Doe de zelfcheck")
        else:
            self._answer()
        place = definition.here(self.answers, complete=False)
        leaves = not self._patient and self.chance.random() < _LEAVES
        self.gone = leaves or place not in QUESTIONS

    def _come_in(self) -> None:
        entrances, weights = zip(*_ENTRANCES.items(), strict=True)
        [entrance] = self.chance.choices(entrances, weights)
        self._campaign = entrance.partition("c-")[2]
        self._count("start")
        if self._campaign == "uitleg":
            self._count("begrip", "cocreatie")
        self._person.say(entrance)

    def _answer(self) -> None:
        question = definition.here(self.answers, complete=False)
        likely = _LIKELY_OF_PATIENT if self._patient else _LIKELY
        options, weights = zip(*likely.items(), strict=True)
        [answer] = self.chance.choices(options, weights)
        if not self.answers:
            self._count("zelfcheck_begonnen")
        self.answers[question] = answer
        outcome = definition.here(self.answers, complete=False)
        if outcome not in QUESTIONS:
            self._count("zelfcheck_afgerond")
            self._count("uitkomst", outcome)
        self._person.tap(_LABELS[answer])

    def _count(self, measure: str, name: str = "") -> None:
        self.did.append((self._campaign, measure, name))


class Campaigners:
    """``size`` people; the same seed gives the same people."""

    def __init__(self, server: BotApiServer, size: int, seed: int) -> None:
        self._server = server
        self._chance = random.Random(seed)
        self.people = [
            Visitor(server, chat, random.Random(self._chance.random()))
            for chat in range(1, size + 1)
        ]
        self.turns = 0

    @property
    def truth(self) -> Counter[tuple[str, str, str]]:
        return Counter(each for one in self.people for each in one.did)

    def walk(self, happens: Sequence[Sequence[Callable[[], object]]]) -> None:
        """In rounds, until all have gone. ``happens``: in the first rounds, in the middle of them.

        In a round everybody who is there does something, all at once.
        """
        rounds = iter(happens)
        while here := [one for one in self.people if not one.gone]:
            for one in here:
                one.act()
            self.turns += len(here)
            self._until_handled(len(here), next(rounds, ()))

    def _until_handled(self, many: int, happens: Sequence[Callable[[], object]]) -> None:
        moments = sorted(self._chance.randint(many // 3, many) for _ in happens)
        coming = iter(happens)
        latest, left = time.monotonic(), many
        while left or moments:
            while moments and left <= moments[-1]:
                moments.pop()
                next(coming)()
            before, left = left, self._server.state.pending_count
            if left < before:
                latest = time.monotonic()
            assert time.monotonic() < latest + _PATIENCE, f"{left} updates stay"
            time.sleep(_LOOK_AGAIN)
