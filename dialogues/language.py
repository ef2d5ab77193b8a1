"""Language rules for the texts: sentence length, address, words to avoid, spelling of terms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from dialogues import markup
from dialogues.fields import key, many, phrase, record, table, whole_number
from dialogues.problems import Place, Problems
from dialogues.yaml_source import Source, Word, open_source

RULES_FILE = "taalregels.yaml"
# Fields with ids, addresses and words that people type: no text to read.
_NOT_PROSE = frozenset(
    {"id", "code", "ook", "adres", "als", "als_een_van", "alleen_als", "faalt", "bij", "begrip"}
    | {"bronnen", "verder_lezen", "onderwerp", "titel", "makers", "jaar", "taal", "direct"}
)
_TYPED_WORDS = "woorden.yaml"
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|\n+")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Rules:
    longest_sentence: int = key("langste_zin", whole_number)
    address: tuple[str, ...] = key("aanspreken", many(phrase))
    avoid: tuple[str, ...] = key("vermijd", many(phrase))
    joined: Mapping[str, str] = key("aan_elkaar", table(phrase))


def check_language(folder: Path, problems: Problems) -> None:
    """Report every text of the folder that breaks a rule of ``taalregels.yaml``."""
    source = open_source(folder / RULES_FILE, f"{folder.name}/{RULES_FILE}", problems)
    rules = None if source is None else record(Rules)(source)
    if rules is None:
        return
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in (RULES_FILE, _TYPED_WORDS):
            _check_file(path, rules, problems)


def prose(path: Path) -> Iterator[tuple[Place, str]]:
    """The texts of a file that people read, without mark-up, each with its place."""
    source = open_source(path, f"{path.parent.name}/{path.name}", Problems())
    if source is not None:
        for word in _words(source):
            try:
                yield word.place, markup.plain(markup.parse(word))
            except markup.MarkupError:
                continue  # the loader reports it


def _words(source: Source) -> Iterator[Word]:
    if isinstance(source.node, yaml.MappingNode):
        for name, entry in source.entries().items():
            if name not in _NOT_PROSE:
                yield from _words(entry)
    elif isinstance(source.node, yaml.SequenceNode):
        for item in source.items():
            yield from _words(item)
    elif (word := source.word()) is not None:
        yield word


def _check_file(path: Path, rules: Rules, problems: Problems) -> None:
    avoid = _pattern(rules.avoid)
    address = _pattern(rules.address)
    joined = _pattern(rules.joined)
    right = {wrong.lower(): spelling for wrong, spelling in rules.joined.items()}
    for place, text in prose(path):
        for sentence in sentences(text):
            length = len(words(sentence))
            if length > rules.longest_sentence:
                problems.add(
                    place,
                    "zin_te_lang",
                    lengte=length,
                    grens=rules.longest_sentence,
                    begin=sentence[:40],
                )
        for found in address.findall(text):
            problems.add(place, "je_en_jij", woord=found)
        for found in avoid.findall(text):
            problems.add(place, "te_vermijden", woord=found)
        for found in joined.findall(text):
            problems.add(place, "aan_elkaar", woord=found, goed=right[found.lower()])


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if words(sentence)]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def _pattern(phrases: "tuple[str, ...] | Mapping[str, str]") -> re.Pattern[str]:
    # Without phrases nothing matches; an empty pattern would match everywhere.
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases)) or '(?!)'})\b", re.IGNORECASE)
