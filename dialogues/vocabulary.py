"""Which known terms a typed word stands for, and how closely: also misspelt, derived or compound.

A term is a stem that occurs in the phrasings. Closeness runs from 0 (unrelated) to 1 (the same).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from math import ceil

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from dialogues.spelling import bare
from dialogues.stemming import stem

_SHORTEST_PART = 5  # letters that two words must share; fewer are shared by chance
_SHORTEST_MODIFIER = 4  # letters before the last part of a compound: leesouders, not schouders
_SHORTEST_TYPO = 4  # letters; in shorter words an error mostly makes another word
_LONG = 8  # letters; from here on two letters may be wrong
_TYPO = 0.9  # closeness of a misspelt word
_FAMILY = 0.8  # closeness of words that begin alike, times the part of them that is alike
_HEAD = 0.7  # a gemeenteambtenaar is an ambtenaar, but a special one
_LEAST = 0.4  # closeness; what is further away is left out


class Vocabulary:
    """The words of the phrasings, looked up by ``closest``."""

    def __init__(self, words: Iterable[str], same: Mapping[str, tuple[str, ...]]) -> None:
        self._same = {stem(bare(o)): stem(bare(one)) for one, many in same.items() for o in many}
        self._term = {word: self._canonical(word) for word in dict.fromkeys(words)}
        self._sorted = sorted(set(self._term.values()))
        self._terms = frozenset(self._sorted)
        # An error in the first letter is rare; without those the search is some ten times shorter.
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in self._term:
            if len(word) >= _SHORTEST_TYPO:
                self._by_initial[word[0]].append(word)
        self._relatives = {term: self._related(term) for term in self._sorted}

    def __contains__(self, word: str) -> bool:
        return word in self._term

    def term(self, word: str) -> str:
        """The stem of a bare word, or of the word that stands for all that mean the same."""
        return self._term.get(word) or self._canonical(word)

    def _canonical(self, word: str) -> str:
        stemmed = stem(word)
        return self._same.get(stemmed, stemmed)

    def closest(self, word: str) -> Mapping[str, float]:
        """The terms that a bare word may stand for, each with its closeness."""
        term = self.term(word)
        if term in self._terms:
            return self._relatives[term]
        near = self._misspelt(word)
        if near is None:
            return self._related(term)
        return {other: _TYPO * closeness for other, closeness in self._relatives[near].items()}

    def _misspelt(self, word: str) -> str | None:
        """The term of the nearest word, when it is near enough.

        In short words letters may be swapped, and from five letters on one may be missing or too
        many; another letter mostly makes another word.
        """
        length = len(word)
        if length < _SHORTEST_TYPO:
            return None
        wrong = 2 if length >= _LONG else 1
        nearest = process.extract(
            word, self._by_initial.get(word[0], ()), scorer=OSA.distance, score_cutoff=wrong
        )
        for other, _, _ in nearest:
            swapped = sorted(other) == sorted(word)
            one_more_or_less = len(other) != length > _SHORTEST_TYPO
            if swapped or one_more_or_less or length >= _LONG:
                return self._term[other]
        return None

    def _related(self, term: str) -> dict[str, float]:
        """Terms that share their beginning with this one, or are the last part of it."""
        related: dict[str, float] = {}
        if term in self._terms:
            related[term] = 1.0
        for start in range(_SHORTEST_MODIFIER, len(term) - _SHORTEST_PART + 1):
            if term[start:] in self._terms:
                related[term[start:]] = _HEAD
        for other in self._sharing_beginning(term):
            if other != term:
                shared = Prefix.similarity(term, other)
                closeness = _FAMILY * shared / max(len(term), len(other))
                related[other] = max(closeness, related.get(other, 0))
        return {other: closeness for other, closeness in related.items() if closeness > _LEAST}

    def _sharing_beginning(self, term: str) -> Iterator[str]:
        """Other terms of which the beginning, or the whole, begins this one, and the reverse."""
        least = max(_SHORTEST_PART, ceil(0.7 * len(term)))
        for length in range(_SHORTEST_PART, min(least, len(term))):
            if term[:length] in self._terms:
                yield term[:length]
        beginning = term[:least]
        if len(beginning) == least:
            for other in islice(self._sorted, bisect_left(self._sorted, beginning), None):
                if not other.startswith(beginning):
                    break
                yield other
