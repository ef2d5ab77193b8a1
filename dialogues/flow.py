"""The questions as one state machine, and the answers replayed over it.

Answers are the only truth: where a conversation is, follows from them. The machine is compiled
once from the content and its models are throw-away objects that it never gets to know, as the
maintainers of transitions advise for many users: a Machine for each user was measured at 8 ms
and 699 KiB, a throw-away object at 0.2 us and 0.12 KiB.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

from transitions import Machine

from dialogues.content import UNKNOWN, Conditions, Content, Facts, Outcome, holds

WELCOME = "welkom"
BEGIN = "begin"
ANSWER = "antwoord"

# transitions writes two lines for every step as soon as the root logger is at INFO.
logging.getLogger("transitions").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Path:
    """Where a set of answers leads. ``here``: the open question, or the outcome.

    ``facts`` holds the answers to the questions in ``passed`` and no others.
    """

    here: str
    trail: tuple[tuple[str, str], ...] = ()
    passed: tuple[str, ...] = field(default=(), compare=False)
    facts: Facts = field(default_factory=dict, compare=False)


class _Token:
    """The throw-away model: it only knows in which state it stands."""

    __slots__ = ("state",)

    def __init__(self) -> None:
        self.state = WELCOME


class Guard(Protocol):
    """A condition of a transition. ``complete``: ask every question, also after a direct outcome.

    It sees only answers that this replay has passed. It gives a bool, never merely something
    truthy: transitions compares with True.
    """

    def __call__(self, facts: Facts, complete: bool) -> bool: ...


@dataclass(frozen=True, slots=True)
class Applies:
    """The next question is one to ask."""

    conditions: Conditions

    def __call__(self, facts: Facts, complete: bool) -> bool:
        return holds(self.conditions, facts)


@dataclass(frozen=True, slots=True)
class Direct:
    """This answer makes the outcome certain before the last question."""

    question: str
    answers: tuple[str, ...]

    def __call__(self, facts: Facts, complete: bool) -> bool:
        return not complete and facts[self.question] in self.answers


@dataclass(frozen=True, slots=True)
class Certain:
    """However the open answers turn out, this is the outcome."""

    flow: "Flow"
    outcome: Outcome

    def __call__(self, facts: Facts, complete: bool) -> bool:
        return self.flow.possible(facts) == (self.outcome.id,)


class Flow:
    """Content that can be walked. Safe to share between any number of conversations."""

    def __init__(self, content: Content) -> None:
        self.content = content
        *decided, undecided = content.outcomes.values()
        self.undecided: str = undecided.id
        self._questions = tuple(content.questions.values())
        self._decided = tuple(decided)
        self._direct = tuple(outcome for outcome in decided if outcome.direct)
        self._options: dict[str, frozenset[str]] = {
            question.id: frozenset(option.id for option in question.options)
            for question in self._questions
        }
        # Other questions cannot change an outcome, so there is no need to fill them in.
        rules = (rule for outcome in decided for rule in (outcome.all_of, outcome.any_of))
        branches = (question.only_if for question in self._questions)
        self._deciding = {name for rule in (*rules, *branches) for name, _ in rule}
        self.machine = Machine(
            model=None,
            states=[WELCOME, *content.questions, *content.outcomes],
            initial=WELCOME,
            auto_transitions=False,
            transitions=list(self._transitions()),
        )
        self._answer: Any = self.machine.events[ANSWER]
        token = _Token()
        self.machine.events[BEGIN].trigger(token, {}, False)
        self._first = Path(token.state)
        # All are pure; the bound keeps memory flat however many people take the check. A turn asks
        # for the same replay some six times; and one more answer than before costs one trigger.
        self._replayed = lru_cache(maxsize=4096)(self._replay)
        self._step = lru_cache(maxsize=16384)(self._take_step)
        self._outcomes = lru_cache(maxsize=16384)(self._fill_in)

    def _transitions(self) -> Iterator[dict[str, object]]:
        sources = [WELCOME, *(question.id for question in self._questions)]
        for number, source in enumerate(sources):
            trigger = ANSWER if number else BEGIN
            for target, guard in self._targets(number):
                yield {"trigger": trigger, "source": source, "dest": target, "conditions": guard}

    def _targets(self, number: int) -> Iterator[tuple[str, Guard | None]]:
        """The ways on from question ``number`` (0: the welcome), the first that holds wins."""
        for outcome in self._decided:
            for name, answers in outcome.any_of:
                if outcome.direct and number and name == self._questions[number - 1].id:
                    yield outcome.id, Direct(name, answers)
        for question in self._questions[number:]:
            if not question.only_if:
                yield question.id, None
                return
            yield question.id, Applies(question.only_if)
        yield from ((outcome.id, Certain(self, outcome)) for outcome in self._decided)
        yield self.undecided, None

    def fits(self, question: str, option: str) -> bool:
        """Whether this is an answer that the content knows."""
        return option in self._options.get(question, frozenset())

    def path(self, answers: Mapping[str, str], *, complete: bool = False) -> Path:
        """Replay answers. It stops at the first question without an answer that fits."""
        return self._replayed(tuple(answers.items()), complete)

    def _replay(self, given_answers: tuple[tuple[str, str], ...], complete: bool) -> Path:
        answers = dict(given_answers)
        path = self._first
        while path.here in self._options:
            given = answers.get(path.here)
            if given not in self._options[path.here]:
                break
            path = self._step(path, given, complete)
        return path

    def follow(self, path: Path, option: str, *, complete: bool) -> Path:
        """One more answer, to the question where this path is."""
        return self._step(path, option, complete)

    def possible(self, facts: Facts) -> tuple[str, ...]:
        """The outcomes over all ways to fill in what is unknown or not answered."""
        return self._outcomes(self._key(facts))

    def longest(self, path: Path) -> int:
        """How many questions a conversation can have at most that is at a question on this path."""
        position = list(self.content.questions).index(path.here)
        return len(path.passed) + sum(
            # An answer that is still to come may open a question; one that was given cannot.
            all(
                name not in path.facts or path.facts[name] in allowed for name, allowed in q.only_if
            )
            for q in self._questions[position:]
        )

    def _key(self, answers: Mapping[str, str]) -> tuple[str | None, ...]:
        return tuple(answers.get(question.id) for question in self._questions)

    def _take_step(self, path: Path, given: str, complete: bool) -> Path:
        token = _Token()
        token.state = path.here
        facts = {**path.facts, path.here: given}
        self._answer.trigger(token, facts, complete)
        trail = (*path.trail, (path.here, given))
        return Path(token.state, trail, (*path.passed, path.here), MappingProxyType(facts))

    def _fill_in(self, key: tuple[str | None, ...]) -> tuple[str, ...]:
        facts: dict[str, str] = {}
        for place, (question, given) in enumerate(zip(self._questions, key, strict=True)):
            if any(outcome.fits(facts) for outcome in self._direct):
                break
            if question.id not in self._deciding or not holds(question.only_if, facts):
                continue
            known = self._options[question.id] - {UNKNOWN}
            if given not in known:
                # Through what is remembered: the ways to fill in the rest are shared by many sets.
                ways = ((*key[:place], option, *key[place + 1 :]) for option in known)
                found = {outcome for way in ways for outcome in self._outcomes(way)}
                return tuple(outcome for outcome in self.content.outcomes if outcome in found)
            facts[question.id] = given
        return (self._decide(facts),)

    def _decide(self, facts: Facts) -> str:
        fitting = (outcome.id for outcome in self._decided if outcome.fits(facts))
        return next(fitting, self.undecided)
