"""The measures of the language that need more than the program itself.

``pyphen``, ``wordfreq`` and ``hunspell`` are for who writes the texts. Where people only talk with
the program they are absent, and then there is less to measure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.editing.spelling import NoDictionary, check_spelling, word_list
from dialogues.content import Content
from dialogues.language import prose, read_rules
from dialogues.loader import load
from dialogues.problems import ContentError, Problem, Problems


@dataclass(frozen=True, slots=True)
class Measured:
    """``absent`` names the texts that say which tools were not there."""

    problems: tuple[Problem, ...]
    absent: tuple[str, ...]


def measure(folder: Path) -> Measured:
    """Measure every text of a folder as far as the tools are there. Never raises.

    Rare words are measured when the content can be read as a whole: its names are explained
    words, and without one file of them the texts of all others would seem wrong.
    """
    problems = Problems()
    absent: list[str] = []
    texts = list(prose(folder))
    rules = read_rules(folder, Problems())
    try:
        from bot.editing.rare_words import check_rare_words
        from bot.editing.readability import check_reading_ease
    except ModuleNotFoundError:
        absent.append("extra_absent")
    else:
        if rules is not None:
            check_reading_ease(texts, rules, problems)
            if (known := _explained(folder)) is not None:
                check_rare_words(texts, known, rules, problems)
    try:
        check_spelling(texts, folder, problems)
    except NoDictionary:
        absent.append("hunspell_absent")
    return Measured(tuple(problems), tuple(absent))


def explained(content: Content, listed: Iterable[str]) -> tuple[str, ...]:
    """The names of questions, outcomes, forms and terms, and names of people in the word list."""
    kinds = (content.questions, content.outcomes, content.forms, content.terms)
    names = (row.name for rows in kinds for row in rows.values())
    return (*names, *(word for word in listed if word[0].isupper()))


def _explained(folder: Path) -> Iterable[str] | None:
    try:
        return explained(load(folder), word_list(folder, Problems()))
    except ContentError:
        return None
