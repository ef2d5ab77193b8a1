"""Typed text in one form: lower case, without accents and punctuation, variants brought to one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

_SHORTEST_NAME = 9  # letters; two of them may be wrong
LONGEST_READ = 400  # characters; what comes after them is not read
_APOSTROPHE = re.compile(r"['’‘`´]")
_SPACES = str.maketrans({c: " " for c in map(chr, range(128)) if not c.isalnum()})


def bare(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: ``Cocreëren?!`` -> ``cocreeren``."""
    joined = _APOSTROPHE.sub("", text[:LONGEST_READ].casefold())
    if joined.isascii():  # nearly always, and ten times as fast
        return " ".join(joined.translate(_SPACES).split())
    letters = unicodedata.normalize("NFKD", joined)
    kept = "".join(" " if not c.isalnum() else c for c in letters if not unicodedata.combining(c))
    return " ".join(kept.split())


class Spelling:
    """Brings the ways in which a word is written back to one.

    ``names``: words so much our own that what is nearly one of them is a typing error in it.
    """

    def __init__(self, variants: Mapping[str, tuple[str, ...]], names: Iterable[str] = ()) -> None:
        self._right = {bare(v): right for right, many in variants.items() for v in many}
        longest_first = sorted(self._right, key=len, reverse=True)
        anything = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._variant = re.compile(rf"\b(?:{anything})\b")
        self._names = tuple(name for name in map(bare, names) if len(name) >= _SHORTEST_NAME)

    def corrected(self, text: str) -> str:
        """The bare text in the spelling of the content."""
        right = self._variant.sub(lambda match: self._right[match[0]], bare(text))
        return " ".join(map(self._named, right.split())) if self._names else right

    def _named(self, word: str) -> str:
        if len(word) < _SHORTEST_NAME or word in self._names:
            return word
        near = (name for name in self._names if OSA.distance(word, name, score_cutoff=2) <= 2)
        return next((name for name in near if name[0] == word[0]), word)
