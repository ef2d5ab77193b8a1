"""Sentences with what they mean, written apart from the phrasings of the content.

``onderwerpen.csv``: questions with their topic. ``buiten.csv``: what is not our subject.
``gesprek.csv``: replies and commands with a question open. ``vragen.csv``: the sample questions.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from dialogues.content import PARTLY
from dialogues.events import Answer, Check, Event, Partly, Start, Unknown
from dialogues.intents import COMMANDS
from dialogues.state import NEW, Conversation
from dialogues.understanding import Understanding

OPEN = "burgers"
ASKED = Conversation({"publieke_waarde": "ja"})  # the question OPEN is open
_FOLDER = Path(__file__).parent
_TOPICS = {
    "Wat is coproductie": "coproductie",
    "Wat is cocreatie": "cocreatie",
    "Verschil cocreatie en coproductie": "verschil",
    "Verschil met participatie, inspraak, ladder": "participatie",
    "Criteria": "criteria",
    "Typen": "vormen",
    "Is X coproductie? (start toets)": "zelfcheck",
    "Voorbeelden": "voorbeelden",
    "Wie beslist, rollen": "rollen",
    "Waarom, voor- en nadelen": "waarom",
    "Verder lezen, bron": "verder_lezen",
    "Privacy, maker, grenzen": "over",
}


@dataclass(frozen=True)
class Sentence:
    text: str
    label: str


def sentences(name: str) -> tuple[Sentence, ...]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return tuple(Sentence(text, label) for label, text in rows)


def samples() -> tuple[Sentence, ...]:
    """The sample questions; one in a row of its own may stand for several."""
    with (_FOLDER / "vragen.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    return tuple(Sentence(row["vraag"], _TOPICS.get(row["onderwerp"], "")) for row in rows)


def confused(
    understanding: Understanding, questions: tuple[Sentence, ...]
) -> Counter[tuple[str, str]]:
    """How often a topic, as it should be, was taken for another."""
    found = (understanding.understand(s.text, NEW).topic for s in questions)
    pairs = zip((s.label for s in questions), found, strict=True)
    return Counter((right, taken) for right, taken in pairs if right != taken)


def answered(understanding: Understanding, others: tuple[Sentence, ...]) -> list[str]:
    """What is not our subject and was not recognised as such."""
    return [s.text for s in others if not isinstance(understanding.read(s.text, NEW), Unknown)]


def meant(label: str) -> tuple[Event, ...]:
    """The events that are right for a label of ``gesprek.csv``."""
    if label == PARTLY:
        return (Partly(),)
    if label == "start":  # with a question open, to begin is to go on with it
        return (Start(), Check())
    return (COMMANDS.get(label) or Answer(OPEN, label),)


def missed(
    understanding: Understanding, said: tuple[Sentence, ...]
) -> list[tuple[Sentence, Event]]:
    """Replies and commands that were taken for something else."""
    read = ((s, understanding.read(s.text, ASKED)) for s in said)
    return [(s, event) for s, event in read if event not in meant(s.label)]
