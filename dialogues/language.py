"""Language rules for the texts, as far as they need no dictionary: ``bot.editing`` has the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from dialogues import markup
from dialogues.fields import key, many, phrase, record, table, whole_number
from dialogues.problems import Place, Problems
from dialogues.yaml_source import Source, Word, open_source

RULES_FILE = "taalregels.yaml"
_TYPED_WORDS = "woorden.yaml"
# What people type, what others wrote, what others are called, and no text.
_NOT_PROSE = frozenset({"ook", "titel", "makers", "adres", "direct", "partner", "code", "kleur"})
_ID = re.compile(r"[a-z][a-z0-9_]*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|\n+")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# No language: places to fill in, addresses, files, commands, and all with a digit, `_` or `=`.
_CODE = re.compile(
    r"\{\w+\}|https?:\S+|\b\w+\.[a-z]{2,4}\b|(?<!\w)[@/]\w+"
    r"|(?<!\S)--?[a-z]\S*|(?<!\S)\S*[\d_=]\S*"
)
_LINKED = re.compile(r" \(https://[^\s)]+\)")
_QUOTED = re.compile(r"‘[^‘]*?’(?!\w)")


@dataclass(frozen=True, slots=True)
class Rules:
    """Frequencies are times in a million words of Dutch."""

    longest_sentence: int = key("langste_zin", whole_number)
    measured_from: int = key("meten_vanaf", whole_number)  # words
    reading_ease: int = key("leesgemak", whole_number)  # Flesch-Douma
    rare: int = key("zeldzaam", whole_number)
    most_rare: int = key("hooguit_zeldzaam", whole_number)  # percent of the words
    very_rare: int = key("zeer_zeldzaam", whole_number)
    known: tuple[str, ...] = key("bekende_woorden", many(phrase))
    address: tuple[str, ...] = key("aanspreken", many(phrase))
    avoid: tuple[str, ...] = key("vermijd", many(phrase))
    same: Mapping[str, str] = key("zelfde_woord", table(phrase))
    joined: Mapping[str, str] = key("aan_elkaar", table(phrase))


@dataclass(frozen=True, slots=True)
class Text:
    """A text that people read: without mark-up, and as it stands in its file."""

    place: Place
    plain: str
    typed: str

    @property
    def own(self) -> str:
        """Without ids, addresses and commands, and without what is quoted, such as a title."""
        return _QUOTED.sub(" ", _CODE.sub(" ", self.plain))

    def place_of(self, words: str) -> Place:
        """Where these words first stand, or the text itself when YAML wrote them in another way."""
        # Between two words there may be the end of a line, or the sign of bold.
        pattern = r"[\s*]+".join(map(re.escape, words.split()))
        found = re.search(rf"(?<!\w){pattern}(?!\w)", self.typed)
        if found is None:
            return self.place
        *above, before = self.typed[: found.start()].split("\n")
        first = 1 if above else self.place.column
        return Place(self.place.file, self.place.line + len(above), first + len(before))


def check_language(folder: Path, problems: Problems) -> None:
    """Report every text of the folder that breaks a rule of ``taalregels.yaml``."""
    rules = read_rules(folder, problems)
    if rules is not None:
        check_texts(prose(folder), rules, problems)


def check_texts(texts: Iterable[Text], rules: Rules, problems: Problems) -> None:
    """Report every text that breaks a rule."""
    address, avoid = _pattern(rules.address), _pattern(rules.avoid)
    joined, same = _pattern(rules.joined), _pattern(rules.same)
    for text in texts:
        _check_sentences(text, rules, problems)
        for found in address.findall(text.plain):
            problems.add(text.place_of(found), "je_en_jij", woord=found)
        for found in avoid.findall(text.plain):
            problems.add(text.place_of(found), "te_vermijden", woord=found)
        for found in joined.findall(text.plain):
            right = _right(rules.joined, found)
            problems.add(text.place_of(found), "aan_elkaar", woord=found, goed=right)
        for found in same.findall(text.own):
            right = _right(rules.same, found)
            problems.add(text.place_of(found), "zelfde_woord", woord=found, goed=right)


def read_rules(folder: Path, problems: Problems) -> Rules | None:
    source = open_source(folder / RULES_FILE, f"{folder.name}/{RULES_FILE}", problems)
    return None if source is None else record(Rules)(source)


def prose(folder: Path) -> Iterator[Text]:
    """Every text of the content that people read. What cannot be read is left to the loader."""
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if name in (RULES_FILE, _TYPED_WORDS):
            continue
        source = open_source(path, f"{folder.name}/{name}", Problems())
        if source is not None:
            yield from prose_of(source, path.read_bytes())


def prose_of(source: Source, data: bytes) -> Iterator[Text]:
    """Every text that people read of one source, and of the bytes that it was read from."""
    file = data.decode("utf-8-sig")
    for node, word in _words(source):
        try:
            plain = markup.plain(markup.parse(word))
        except markup.MarkupError:
            continue
        plain = _LINKED.sub("", plain)
        typed = file[node.start_mark.index : node.end_mark.index]
        yield Text(word.place, plain, typed)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if words(sentence)]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def _words(source: Source, *, record: bool = False) -> Iterator[tuple[yaml.Node, Word]]:
    """The words below a node. In a record, one small word is an id, but not as its name."""
    if isinstance(source.node, yaml.MappingNode):
        for name, entry in source.entries().items():
            if name not in _NOT_PROSE or not record:
                yield from _words(entry, record=record and name != "naam")
    elif isinstance(source.node, yaml.SequenceNode):
        for item in source.items():
            yield from _words(item, record=True)
    elif (word := source.word()) is not None and not (record and _ID.fullmatch(word)):
        yield source.node, word


def _check_sentences(text: Text, rules: Rules, problems: Problems) -> None:
    for sentence in sentences(text.plain):
        length = len(words(sentence))
        if length > rules.longest_sentence:
            place = text.place_of(" ".join(sentence.split()[:4]))
            begin = sentence[:40]
            limit = rules.longest_sentence
            problems.add(place, "zin_te_lang", lengte=length, grens=limit, begin=begin)


def _pattern(phrases: "tuple[str, ...] | Mapping[str, str]") -> re.Pattern[str]:
    # Without phrases nothing matches; an empty pattern would match everywhere.
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases)) or '(?!)'})\b", re.IGNORECASE)


def _right(table: Mapping[str, str], found: str) -> str:
    return {wrong.lower(): right for wrong, right in table.items()}[found.lower()]
