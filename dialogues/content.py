"""The content as frozen dataclasses: what the YAML files say, under English names.

What the fields mean to an editor is told, in Dutch, in ``content/LEESMIJ.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
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
PARTLY = "deels"  # what people answer when neither yes nor no is meant
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
    more: Body = key("meer", body)
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
    """A term or question that can be explained, in short (``text``) and in depth (``more``).

    ``also``: how else people ask for it; ``beyond``: not from the text that the guide rests on.
    """

    id: Word = key("id", identifier)
    name: str = key("naam", _BUTTON)
    question: str = key("vraag", line(80))
    text: Body = key("tekst", body)
    more: Body = key("meer", body)
    also: tuple[str, ...] = key("ook", many(phrase), default=())
    sources: tuple[Word, ...] = key("bronnen", many(identifier), default=())
    beyond: bool = key("buiten_bron", yes_no, default=False)
    see_also: tuple[Word, ...] = key("zie_ook", many(identifier), default=())


def topic_of(term: Term) -> str:
    """The topic that a term belongs to: the name of the file that it stands in."""
    return Path(term.id.place.file).stem


@dataclass(frozen=True, slots=True)
class Variant:
    """An example that differs in one answer, and the question that leads to it."""

    example: Word = key("voorbeeld", identifier)
    question: str = key("vraag", line(60))


@dataclass(frozen=True, slots=True)
class Example:
    """An initiative with its answers, and the outcome that they give.

    It comes from ``sources``, or it is ``invented``. ``resembles``: the form that it is instead.
    """

    id: Word = key("id", identifier)
    name: str = key("naam", _BUTTON)
    field: Word = key("veld", identifier)
    country: Word = key("land", identifier)
    text: Body = key("tekst", body)
    answers: Mapping[Word, Word] = key("antwoorden", table(identifier))
    outcome: Word = key("uitkomst", identifier)
    because: Body = key("waarom", body)
    resembles: Word | None = key("lijkt_op", identifier, default=None)
    sources: tuple[Word, ...] = key("bronnen", many(identifier), default=())
    invented: bool = key("bedacht", yes_no, default=False)
    contested: bool = key("betwist", yes_no, default=False)
    variants: tuple[Variant, ...] = key("varianten", many(record(Variant)), default=())
    also: tuple[str, ...] = key("ook", many(phrase), default=())

    @property
    def facts(self) -> Facts:
        """The answers, as a conversation holds them."""
        return dict(self.answers.items())


@dataclass(frozen=True, slots=True)
class Reference:
    """Where something was found. With an ``address`` it is also recommended reading."""

    id: Word = key("id", identifier)
    title: str = key("titel", line(160))
    makers: str = key("makers", line(80))
    language: str = key("taal", one_of("nl", "en"))
    free: str = key("gratis", one_of("ja", "nee", "onbekend"))
    summary: str = key("inhoud", line())
    year: str = key("jaar", year, default="")
    address: str = key("adres", https, default="")


@dataclass(frozen=True, slots=True)
class Words:
    """The words that people type, in lower case and without accents or punctuation."""

    spelling: Mapping[str, tuple[str, ...]] = key("spelling", table(many(phrase)))
    filler: tuple[str, ...] = key("vulwoorden", many(phrase))
    same: Mapping[str, tuple[str, ...]] = key("zelfde", table(many(phrase)))
    anchors: tuple[str, ...] = key("eigen", many(phrase))
    meaning: tuple[str, ...] = key("vraagt_betekenis", many(phrase))
    answers: Mapping[Word, tuple[str, ...]] = key("antwoorden", table(many(phrase)))
    replies: Mapping[Word, tuple[str, ...]] = key("antwoord_vooraan", table(many(phrase)))
    fields: Mapping[Word, tuple[str, ...]] = key("velden", table(many(phrase)))
    denials: tuple[str, ...] = key("ontkenning", many(phrase))
    reserves: tuple[str, ...] = key("voorbehoud", many(phrase))
    asking: tuple[str, ...] = key("vraagwoorden", many(phrase))
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
    """All content. ``version`` changes when any file of the content does.

    ``topics``: for each topic, in the order in which they are shown, the ids of its terms.
    """

    questions: Rows[Question]
    outcomes: Rows[Outcome]
    forms: Rows[Form]
    remarks: Rows[Remark]
    terms: Rows[Term]
    topics: Mapping[str, tuple[str, ...]]
    examples: Rows[Example]
    references: Rows[Reference]
    words: Words
    texts: Texts
    version: str

    @property
    def undecided(self) -> str:
        """The outcome for when nothing is certain: the last one, which has no rule."""
        return list(self.outcomes)[-1]

    @property
    def recommended(self) -> tuple[str, ...]:
        """The ids of what can be read elsewhere, in the order of the file."""
        return tuple(name for name, source in self.references.items() if source.address)

    @property
    def knockouts(self) -> Mapping[str, tuple[Word, ...]]:
        """For each hard criterion, the answers with which it is not met."""
        return {
            question: answers
            for outcome in self.outcomes.values()
            if outcome.direct
            for question, answers in outcome.any_of
        }
