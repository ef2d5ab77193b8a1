"""Fields of the content: a dataclass names, per field, its Dutch key and how to read it.

This is the only place where Dutch keys become English names. Every reader takes the node of one
value and gives the value, or None after it has reported the problem.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, TypeVar

from dialogues import markup
from dialogues.yaml_source import Source, Word

T = TypeVar("T")
Reader = Callable[[Source], Any]

_ID = re.compile(r"[a-z][a-z0-9_]*")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_MARKUP_SIGN = re.compile(r"[*\[\]]")
_LINE_LIMIT = 300
_PHRASE_LIMIT = 60
_TEXT_LIMIT = 3500  # leaves room for a heading below Telegram's 4,096


@dataclass(frozen=True, slots=True)
class Template:
    """A text with places to fill in, such as ``{naam}``."""

    source: str

    def text(self, **values: object) -> str:
        return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), self.source)

    def body(self, **values: object) -> markup.Body:
        return markup.parse(self.text(**values))


def key(name: str, read: Reader, *, default: object = MISSING) -> Any:  # noqa: ANN401 a field has its own type
    """A dataclass field that stands under the key ``name``; without a default it is required."""
    return field(default=default, metadata={"key": name, "read": read})


def identifier(source: Source) -> Word | None:
    word = source.word()
    if word is not None and not _ID.fullmatch(word):
        source.problem("geen_id", woord=word)
        return None
    return word


def code(source: Source) -> Word | None:
    """One or two small letters that stand for a question in a button."""
    word = source.word()
    if word is not None and not re.fullmatch(r"[a-z]{1,2}", word):
        source.problem("geen_code", woord=word)
        return None
    return word


def year(source: Source) -> str | None:
    word = source.word()
    if word is not None and not re.fullmatch(r"(19|20)\d\d", word):
        source.problem("geen_jaar", woord=word)
        return None
    return word


def whole_number(source: Source) -> int | None:
    word = source.word()
    if word is not None and not re.fullmatch(r"[1-9][0-9]{0,3}", word):
        source.problem("geen_getal", woord=word)
        return None
    return None if word is None else int(word)


def https(source: Source) -> str | None:
    word = source.word()
    if word is not None and not re.fullmatch(r"https://[^\s/.]+\.[^\s()<>\"]+", word):
        source.problem("geen_https", woord=word)
        return None
    return word


def line(limit: int = _LINE_LIMIT) -> Reader:
    """Plain words on one line, of at most ``limit`` characters."""

    def read(source: Source) -> str | None:
        word = source.word()
        if word is None:
            return None
        text = word.strip()
        if "\n" in text:
            source.problem("meer_regels")
        elif len(text) > limit:
            source.problem("te_lang", lengte=len(text), grens=limit)
        elif _PLACEHOLDER.search(text):
            source.problem("invulplek", woord=_PLACEHOLDER.findall(text)[0])
        elif sign := _MARKUP_SIGN.search(text):
            # A line is filled in inside other texts, in bold or as the label of a link.
            source.problem("geen_opmaak", teken=sign[0])
        # Without the other signs only a tag of HTML can be wrong; most lines are phrasings.
        elif "<" not in text or _parsed(source, text) is not None:
            return text
        return None

    return read


_short_line = line(_PHRASE_LIMIT)


def spaced(source: Source) -> str | None:
    """A line of which the spaces at the end count, such as a prompt."""
    return None if line()(source) is None else str(source.word())


def phrase(source: Source) -> str | None:
    """Words that people type: at most 60 characters on one line."""
    return None if (text := _short_line(source)) is None else str(text)


def body(source: Source) -> markup.Body | None:
    """A text with mark-up."""
    word = source.word()
    if word is None:
        return None
    if wrong := _PLACEHOLDER.search(word):
        source.problem("invulplek", woord=wrong[1])
        return None
    return _parsed(source, word)


def template(*names: str) -> Reader:
    """A text in which exactly these names are to be filled in."""

    def read(source: Source) -> Template | None:
        word = source.word()
        if word is None:
            return None
        present = set(_PLACEHOLDER.findall(word))
        for name in sorted(set(names) - present):
            source.problem("invulplek_ontbreekt", woord=name)
        for name in sorted(present - set(names)):
            source.problems.add_unknown(source.place, "invulplek_onbekend", name, names)
        if present != set(names) or _parsed(source, word) is None:
            return None
        return Template(word.strip())

    return read


def _parsed(source: Source, text: str) -> markup.Body | None:
    if len(text) > _TEXT_LIMIT:
        source.problem("te_lang", lengte=len(text), grens=_TEXT_LIMIT)
        return None
    try:
        return markup.parse(text)
    except markup.MarkupError as error:
        source.problem("opmaak", stuk=error.args[0])
        return None


def one_of(*allowed: str) -> Reader:
    def read(source: Source) -> str | None:
        word = source.word()
        if word is not None and word not in allowed:
            source.problems.add_unknown(source.place, "geen_keuze", word, allowed)
            return None
        return word

    return read


def yes_no(source: Source) -> bool | None:
    word = one_of("ja", "nee")(source)
    return None if word is None else word == "ja"


def many(read: Reader) -> Reader:
    """A list of values."""

    def read_all(source: Source) -> tuple[Any, ...]:
        return tuple(value for item in source.items() if (value := read(item)) is not None)

    return read_all


def table(read: Reader, *required: str) -> Reader:
    """A mapping with free keys, or at least the required ones."""

    def read_all(source: Source) -> Mapping[Word, Any]:
        entries = source.entries()
        for name in required:
            if name not in entries:
                source.problem("ontbrekende_keuze", woord=name)
        return {name: value for name, item in entries.items() if (value := read(item)) is not None}

    return read_all


def record(kind: type[T]) -> Callable[[Source], T | None]:
    """A mapping whose keys are the fields of the dataclass ``kind``."""

    def read(source: Source) -> T | None:
        return _read_record(kind, source)

    return read


def _read_record(kind: type[T], source: Source) -> T | None:
    known: dict[str, Field[Any]] = {f.metadata["key"]: f for f in fields(kind)}  # type: ignore[arg-type]  # T is always a dataclass here
    entries = source.entries()
    if not entries:
        return None
    for unknown in (name for name in entries if name not in known):
        source.problems.add_unknown(unknown.place, "onbekend_veld", unknown, known)
    values: dict[str, Any] = {}
    complete = True
    for name, spec in known.items():
        entry = entries.get(Word(name))
        if entry is None:
            if spec.default is MISSING:
                source.problem("veld_ontbreekt", woord=name)
                complete = False
            continue
        value = spec.metadata["read"](entry)
        if value is None:
            complete = False
        values[spec.name] = value
    return kind(**values) if complete else None
