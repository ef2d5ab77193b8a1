"""YAML files read as nodes with their place, so that a mistake can be pointed at.

``yaml.compose`` and not ``yaml.load``: scalars stay the words that the editor typed (``load``
turns ``no`` into False and ``12:30`` into 750) and a key that stands there twice can be refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

import yaml
from yaml.composer import ComposerError

from dialogues.problems import Place, Problems

_Fastest: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_INTEGER = "tag:yaml.org,2002:int"
_DEEPEST = 20
# What a reference is wrong about is told by the same error, with other words.
_SECOND_DOCUMENT = "expected a single document in the stream"
T = TypeVar("T")


class _Loader(_Fastest):  # type: ignore[valid-type, misc]  # the one in C where there is one
    """Composes some levels only: a file of many would exhaust the stack of the process.

    The two methods are called around each node. They find tags by path, which nobody gave.
    """

    depth = 0

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise yaml.YAMLError

    def ascend_resolver(self) -> None:
        self.depth -= 1


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
        text, tag = self.node.value, self.node.tag
        if not text.strip() or tag == _NULL:
            self.problem("leeg")
            return None
        if tag not in (_STRING, _INTEGER):
            self.problem("geen_woord", woord=text)
            return None
        if not text.replace("\n", "").isprintable():
            self.problem("onzichtbaar_teken")
            return None
        return Word.at(text, self.place)

    def items(self) -> Iterator["Source"]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.problem("geen_lijst")
            return
        if not self.node.value:
            self.problem("lege_lijst")
        for node in self.node.value:
            yield Source(node, self.file, self.problems)

    def entry(self, name: str) -> "Source | None":
        """The first one of that name, whatever else is wrong with the mapping."""
        if isinstance(self.node, yaml.MappingNode):
            for key_node, value_node in self.node.value:
                if key_node.value == name:
                    return Source(value_node, self.file, self.problems)
        return None

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
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else start
        if isinstance(error, ComposerError) and error.context != _SECOND_DOCUMENT:
            problems.add(place, "verwijzing_in_yaml")
        else:
            problems.add(place, "geen_yaml", reden=error.problem)
        return None
    except yaml.YAMLError:
        problems.add(start, "vreemd_teken")
        return None
    if node is None:
        if not optional:
            problems.add(start, "leeg_bestand")
        return None
    source = Source(node, name, problems)
    if (shared := _shared(node)) is not None:
        replace(source, node=shared).problem("verwijzing_in_yaml")
        return None
    return source


def _shared(root: yaml.Node) -> yaml.Node | None:
    """A node that stands in two places: that can make a small file endless."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return node
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += chain.from_iterable(node.value)
    return None
