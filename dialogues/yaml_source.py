"""YAML files read as nodes with their place, so that a mistake can be pointed at.

``yaml.compose`` and not ``yaml.load``: scalars stay the words that the editor typed (``load``
turns ``no`` into False and ``12:30`` into 750) and a key that stands there twice can be refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from dialogues.problems import Place, Problems

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_INTEGER = "tag:yaml.org,2002:int"
_DEEPEST = 20
T = TypeVar("T")


class Word(str):
    """A word of the content that remembers where it stands, for checks across files."""

    __slots__ = ("place",)
    place: Place

    @classmethod
    def at(cls, text: str, place: Place) -> "Word":
        word = cls(text)
        word.place = place
        return word


@dataclass(frozen=True, slots=True)
class Source:
    """A node with the file it came from, and the list that its problems go to."""

    node: yaml.Node
    file: str
    problems: Problems

    @property
    def place(self) -> Place:
        mark = self.node.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def problem(self, key: str, /, **values: object) -> None:
        self.problems.add(self.place, key, **values)

    def word(self) -> Word | None:
        """The scalar as typed, or None with a problem when it is not text."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.problem("geen_tekst")
            return None
        if not self.node.value.strip() or self.node.tag == _NULL:
            self.problem("leeg")
            return None
        if self.node.tag not in (_STRING, _INTEGER):
            self.problem("geen_woord", woord=self.node.value)
            return None
        if not self.node.value.replace("\n", "").isprintable():
            self.problem("onzichtbaar_teken")
            return None
        return Word.at(self.node.value, self.place)

    def items(self) -> Iterator["Source"]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.problem("geen_lijst")
            return
        if not self.node.value:
            self.problem("lege_lijst")
        for node in self.node.value:
            yield Source(node, self.file, self.problems)

    def entries(self) -> dict[Word, "Source"]:
        """The mapping below this node; a key that is no word or stands twice is a problem."""
        found: dict[Word, Source] = {}
        if not isinstance(self.node, yaml.MappingNode) or not self.node.value:
            self.problem("geen_velden")
            return found
        for key_node, value_node in self.node.value:
            key = Source(key_node, self.file, self.problems).word()
            if key is None:
                continue
            if key in found:
                self.problems.add(key.place, "dubbele_sleutel", woord=key)
            else:
                found[key] = Source(value_node, self.file, self.problems)
        return found


def open_source(
    path: Path, name: str, problems: Problems, *, optional: bool = False
) -> Source | None:
    """Parse one file. ``name`` is how problems call it. None, with a problem, when unreadable.

    An optional file may be absent or say nothing: that is None without a problem.
    """
    start = Place(name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        if not optional:
            problems.add(start, "bestand_ontbreekt")
        return None
    except OSError as error:
        problems.add(start, "bestand_onleesbaar", reden=error.strerror)
        return None
    return read_source(data, name, problems, optional=optional)


def read_source(
    data: bytes, name: str, problems: Problems, *, optional: bool = False
) -> Source | None:
    """Parse what stands in a file, or would stand there, as ``open_source`` does."""
    start = Place(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.add(Place(name, line), "geen_utf8")
        return None
    try:
        if refusal := _refusal(text):
            problems.add(start, refusal)
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else start
        problems.add(place, "geen_yaml", reden=error.problem)
        return None
    except yaml.YAMLError:
        problems.add(start, "vreemd_teken")
        return None
    if node is None:
        if not optional:
            problems.add(start, "leeg_bestand")
        return None
    return Source(node, name, problems)


def _refusal(text: str) -> str | None:
    """Why a text is not safe to compose: an alias can make a small file endless, and a file of
    many levels exhausts the stack of the process.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            return "verwijzing_in_yaml"
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return "vreemd_teken"
    return None
