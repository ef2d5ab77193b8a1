"""The content as frozen dataclasses: what the YAML files say, under English names.

What the fields mean to an editor is told, in Dutch, in ``docs/redactie.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from dialogues.fields import (
    body,
    code,
    https,
    identifier,
    key,
    line,
    many,
    one_of,
    phrase,
    record,
    table,
    year,
    yes_no,
)
from dialogues.markup import Body
from dialogues.texts import Texts
from dialogues.yaml_source import Source as YamlSource
from dialogues.yaml_source import Word

UNKNOWN = "weet_niet"
Facts = Mapping[str, str]
T = TypeVar("T")

_BUTTON = line(40)
Conditions = tuple[tuple[Word, tuple[Word, ...]], ...]


def conditions(source: YamlSource) -> Conditions:
    """Question -> the answers that are allowed."""
    return tuple(table(many(identifier))(source).items())


def holds(conditions: Conditions, facts: Facts) -> bool:
    """Whether every condition is met; a question without an answer meets none."""
    return all(facts.get(question) in answers for question, answers in conditions)


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. ``reason`` says what the answer means, as a full sentence."""

    id: Word = key("id", identifier)
    label: str = key("tekst", _BUTTON)
    reason: str = key("reden", line())
    also: tuple[str, ...] = key("ook", many(phrase), default=())


@dataclass(frozen=True, slots=True)
class Question:
    """A criterion and how to ask for it; it is skipped unless ``only_if`` holds."""

    id: Word = key("id", identifier)
    code: Word = key("code", code)
    name: str = key("naam", line(30))
    text: str = key("vraag", line(200))
    explanation: Body = key("toelichting", body)
    why: Body = key("waarom", body)
    counts: tuple[str, ...] = key("telt", many(line()))
    does_not_count: tuple[str, ...] = key("telt_niet", many(line()))
    example: Body = key("voorbeeld", body)
    sources: tuple[Word, ...] = key("bronnen", many(identifier))
    options: tuple[Option, ...] = key("antwoorden", many(record(Option)))
    only_if: Conditions = key("alleen_als", conditions, default=())

    def option(self, name: str) -> Option:
        return next(option for option in self.options if option.id == name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check can conclude, with the rule that gives it.

    A rule is either ``all_of`` (every question has one of the answers) or ``any_of`` (at least one
    has). The last outcome has no rule. ``direct``: ends the check as soon as the rule holds.
    """

    id: Word = key("id", identifier)
    name: str = key("naam", line(60))
    sentence: str = key("zin", line())
    explanation: Body = key("uitleg", body)
    reading: tuple[Word, ...] = key("verder_lezen", many(identifier))
    term: Word | None = key("begrip", identifier, default=None)
    all_of: Conditions = key("als", conditions, default=())
    any_of: Conditions = key("als_een_van", conditions, default=())
    direct: bool = key("direct", yes_no, default=False)

    def fits(self, facts: Facts) -> bool:
        """Whether the rule holds for these answers; a question without an answer never fits."""
        if self.any_of:
            return any(facts.get(question) in answers for question, answers in self.any_of)
        return holds(self.all_of, facts)


@dataclass(frozen=True, slots=True)
class Form:
    """What an initiative may be instead. ``fails``: the criteria that it does not meet."""

    id: Word = key("id", identifier)
    name: str = key("naam", line(60))
    recognise: str = key("herken", line())
    fails: tuple[Word, ...] = key("faalt", many(identifier))
    when: Conditions = key("als", conditions, default=())
    also: tuple[str, ...] = key("ook", many(phrase), default=())
    contested: bool = key("betwist", yes_no, default=False)
    sources: tuple[Word, ...] = key("bronnen", many(identifier), default=())


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to add to an outcome when the answers give cause."""

    id: Word = key("id", identifier)
    outcomes: tuple[Word, ...] = key("bij", many(identifier))
    text: Body = key("tekst", body)
    when: Conditions = key("als", conditions, default=())
    sources: tuple[Word, ...] = key("bronnen", many(identifier), default=())


@dataclass(frozen=True, slots=True)
class Term:
    """An explained term. ``topic`` groups terms; ``also``: how else people ask for it."""

    id: Word = key("id", identifier)
    topic: Word = key("onderwerp", identifier)
    name: str = key("naam", line(40))
    question: str = key("vraag", line(80))
    text: Body = key("tekst", body)
    also: tuple[str, ...] = key("ook", many(phrase), default=())
    sources: tuple[Word, ...] = key("bronnen", many(identifier), default=())


@dataclass(frozen=True, slots=True)
class Reference:
    """Something to read elsewhere."""

    id: Word = key("id", identifier)
    title: str = key("titel", line(160))
    makers: str = key("makers", line(80))
    address: str = key("adres", https)
    language: str = key("taal", one_of("nl", "en"))
    free: str = key("gratis", one_of("ja", "nee", "onbekend"))
    summary: str = key("inhoud", line())
    year: str = key("jaar", year, default="")


@dataclass(frozen=True, slots=True)
class Words:
    """The words that people type, in lower case and without accents or punctuation."""

    spelling: Mapping[Word, tuple[str, ...]] = key("spelling", table(many(phrase)))
    filler: tuple[str, ...] = key("vulwoorden", many(phrase))
    answers: Mapping[Word, tuple[str, ...]] = key("antwoorden", table(many(phrase)))
    commands: Mapping[Word, tuple[str, ...]] = key("opdrachten", table(many(phrase)))


class Rows(dict[str, T]):
    """Records by id, in the order of the file.

    ``declared`` also has the ids of records that could not be read, so that one mistake in a
    record does not make every reference to it a mistake too.
    """

    declared: set[Word]

    @property
    def unread(self) -> set[Word]:
        """The ids of the records that could not be read."""
        return self.declared - self.keys()


@dataclass(frozen=True, slots=True)
class Content:
    """All content. ``version`` changes when any file of the content does."""

    questions: Rows[Question]
    outcomes: Rows[Outcome]
    forms: Rows[Form]
    remarks: Rows[Remark]
    terms: Rows[Term]
    references: Rows[Reference]
    words: Words
    texts: Texts
    version: str

    @property
    def undecided(self) -> str:
        """The outcome for when nothing is certain: the last one, which has no rule."""
        return list(self.outcomes)[-1]

    @property
    def knockouts(self) -> Mapping[str, tuple[Word, ...]]:
        """For each hard criterion, the answers with which it is not met."""
        return {
            question: answers
            for outcome in self.outcomes.values()
            if outcome.direct
            for question, answers in outcome.any_of
        }
