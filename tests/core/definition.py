"""The definition of coproduction, written down a second time and without the product's code.

It is the oracle of the tests: the table of the design, section 4, and a plain loop over the
questions. Whoever changes the content on purpose changes this file with it.
"""

from collections.abc import Mapping
from functools import cache

HARD = ("publieke_waarde", "burgers", "professionals", "uitvoering", "doel")
QUESTIONS = (*HARD, "eigen_gebruik", "primair_proces", "ontwerp")
OUTCOMES = ("volledig", "implementatie", "complementair", "geen")
KNOWN = ("ja", "nee")
OPTIONS = (*KNOWN, "weet_niet")
Row = tuple[str | None, ...]  # an answer for each question, in order


def outcome(answers: Mapping[str, str]) -> str:
    """For eight times ja or nee."""
    if any(answers[criterion] == "nee" for criterion in HARD):
        return "geen"
    if answers["primair_proces"] == "nee":
        return "complementair"
    return "volledig" if answers["ontwerp"] == "ja" else "implementatie"


def possible(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The outcomes over all ways to answer what is unknown or missing, each way tried."""
    return _possible(tuple(map(answers.get, QUESTIONS)))


@cache
def _possible(row: Row) -> tuple[str, ...]:
    for place, answer in enumerate(row):
        if answer not in KNOWN:
            ways = (_possible((*row[:place], known, *row[place + 1 :])) for known in KNOWN)
            found = {name for way in ways for name in way}
            return tuple(name for name in OUTCOMES if name in found)
    return (outcome({question: str(row[place]) for place, question in enumerate(QUESTIONS)}),)


def certain(answers: Mapping[str, str]) -> str:
    """The one outcome that is left, or ``open``."""
    left = possible(answers)
    return left[0] if len(left) == 1 else "open"


def passed(answers: Mapping[str, str], *, complete: bool) -> tuple[str, ...]:
    """The questions that lie behind somebody with these answers."""
    return _walk(tuple(map(answers.get, QUESTIONS)), complete)[0]


def here(answers: Mapping[str, str], *, complete: bool) -> str:
    """The open question, or the outcome."""
    return _walk(tuple(map(answers.get, QUESTIONS)), complete)[1]


@cache
def _walk(row: Row, complete: bool) -> tuple[tuple[str, ...], str]:
    facts: dict[str, str] = {}
    for question, answer in zip(QUESTIONS, row, strict=True):
        if answer is None:
            return tuple(facts), question
        facts[question] = answer
        if question in HARD and answer == "nee" and not complete:
            break
    return tuple(facts), certain(facts)
