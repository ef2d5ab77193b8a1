"""What is wrong with the content: every problem has a place in a file and a sentence in Dutch.

The sentences stand in ``meldingen.yaml`` beside this module and not in ``content/``: they must be
there when the content itself cannot be read. That file is only opened when there is a problem.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

_SHOWN = 300  # characters


class Place(NamedTuple):
    """Where something stands: line and column count from 1, as editors show them."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}:{self.place.column}: {self.text}"


class ContentError(Exception):
    """The content cannot be used. ``problems`` holds all that is wrong, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class Problems:
    """Collects problems while reading, so that one run reports them all."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, place: Place, key: str, /, **values: object) -> None:
        """Add the problem with this key of ``meldingen.yaml``."""
        # One problem is one line, whatever was typed.
        shown = {name: " ".join(str(value).split())[:_SHOWN] for name, value in values.items()}
        self._found.append(Problem(place, _sentences()[key].format(**shown)))

    def add_unknown(
        self, place: Place, key: str, word: str, allowed: Iterable[str], **values: object
    ) -> None:
        """Add a problem about a word that is not one of the allowed, with the nearest that is."""
        near = get_close_matches(word, list(allowed), n=1)
        hint = _sentences()["bedoelde_u"].format(woord=near[0]) if near else ""
        self.add(place, key, woord=word, **values)
        if hint:
            last = self._found[-1]
            self._found[-1] = Problem(last.place, f"{last.text} {hint}")

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)

    def error(self) -> ContentError:
        return ContentError(self._found)


@cache
def _sentences() -> dict[str, str]:
    text = (Path(__file__).parent / "meldingen.yaml").read_text(encoding="utf-8")
    sentences: dict[str, str] = yaml.safe_load(text)
    return sentences
