"""Ranks what people may mean: typed text against intents that each have phrasings.

A word weighs by its rarity over the intents (inverse document frequency): what many ask about says
little, and a word that nobody wrote down counts against every intent. A text is compared with the
phrasings one by one (Tversky similarity of the weighted terms), and its words and its nearest
phrasings also speak for a topic as a whole, so that a new way of asking is recognised too. The
order of the words plays no part. All numbers come from counting the phrasings once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain

from dialogues.phrasings import Index
from dialogues.spelling import LONGEST_READ, Spelling
from dialogues.vocabulary import Vocabulary

_HANDFUL = 6  # matches
_TELLING = 0.94  # confidence when only filler differs from a phrasing
_SHORTEST_TELLING = 2  # words
_NEAR = 0.1  # confidence
# Similarity: what a word counts that only one of text and phrasing has, against a shared one.
_LACKING = 0.3  # only the text
_BESIDES = 0.45  # only the phrasing
_FILLER = 0.75  # what a shared filler word counts
_UNKNOWN = 1.3  # the weight of a long word that is in no phrasing,
_UNKNOWN_NEAR_ANCHOR = 0.25  # and when the text has a word that only our subject has
_LONG = 8  # letters; shorter words are more common and say less
_LEAST = 0.4  # weight; a text that says less than this is too vague to be sure of
# Confidence: the most that a phrasing can give, and that the topic of the words can.
_PHRASING = 0.9
_TOPIC = 0.3
_DOUBT = 0.3  # what is lost when none of the nearest phrasings is of the same topic
_NEAREST = 10  # phrasings
_DOUBT_NEAR_ANCHOR = 0.6  # what is left of the doubt when the text has a word of our subject
_COMMAND = 0.7  # for a command with other words around it
_ASIDE = 0.5  # for each word around a name that does not ask what the name means
# A text that says enough as a whole is not taken apart.
_ENOUGH = 0.8
_CLAUSE = 0.7  # for a clause, of which the rest of the text says nothing known
_SHORTEST_CLAUSE = 3  # words
_SENTENCE = re.compile(r"[.,;:?!()\n]+")
_CONJUNCTIONS = frozenset(("en", "of", "maar", "want", "dus", "omdat", "dat"))


@dataclass(frozen=True, slots=True)
class Intent:
    """Something people ask for. ``topic`` groups intents; ``phrases``: ways to ask for it.

    A command has no topic. ``is_name``: the phrases name a thing, like an example; who says more
    than the name, such as "hoe vraag ik een paspoort aan", is probably after something else.
    """

    name: str
    topic: str
    phrases: tuple[str, ...]
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An intent that a text may mean. ``confidence``: 0 (nothing in common) to 1 (a phrasing)."""

    name: str
    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Word:
    """A typed word. ``terms``: what it may stand for, with closeness; ``unknown``: 0 to 1.

    ``term`` is the closest of them; empty when there is none.
    """

    term: str
    closeness: float
    terms: Mapping[str, float]
    unknown: float
    filler: bool
    aside: bool


class Matcher:
    """Made once from the intents; ``rank`` may be called for any text.

    ``spelling``: a word and its other spellings. ``filler``: words that say next to nothing.
    ``same``: a word and others that mean the same here. ``anchors``: words of our subject alone.
    ``asking``: words with which people ask what a name means. ``lacking``: how much the words
    count that a phrasing lacks.
    """

    def __init__(
        self,
        intents: Iterable[Intent],
        spelling: Mapping[str, tuple[str, ...]],
        filler: Iterable[str],
        same: Mapping[str, tuple[str, ...]] | None = None,
        anchors: Iterable[str] = (),
        asking: Iterable[str] = (),
        lacking: float = _LACKING,
    ) -> None:
        self._intents = tuple(intents)
        self._lacking = lacking
        anchors = tuple(anchors)
        self._spelling = Spelling(spelling, anchors)
        phrased = [
            (number, self._spelling.corrected(phrase).split())
            for number, intent in enumerate(self._intents)
            for phrase in dict.fromkeys(intent.phrases)
        ]
        filler = tuple(map(self._spelling.corrected, filler))
        # Filler is known too, so that misspelt filler is not taken for another word.
        known = chain(filler, *(words for _, words in phrased))
        self._vocabulary = Vocabulary(known, same or {})
        self._exact: dict[frozenset[str], int] = {}
        for number, words in phrased:
            self._exact.setdefault(frozenset(self._joined(words)), number)
        self._filler = self._terms_of(filler)
        self._telling = self._by_telling(phrased)
        self._anchors = self._terms_of(anchors)
        self._asking = frozenset(asking)
        term = self._vocabulary.term
        self._index = Index(
            [intent.topic for intent in self._intents],
            [(number, tuple(dict.fromkeys(map(term, words)))) for number, words in phrased],
            self._filler,
        )

    def rank(self, text: str) -> tuple[Match, ...]:
        """The intents that the text may mean, best first; none when no word is known."""
        text = text[:LONGEST_READ]
        said = self._words(text)
        words = {word: self._understood(word) for word in said}
        confidence = self._compared(list(words.values()))
        exact = self._exact.get(frozenset(said))
        if exact is not None:
            confidence[exact] = 1.0
        self._raise_telling(words.values(), confidence)
        if max(confidence.values(), default=1.0) < _ENOUGH:
            self._take_apart(text, words, confidence)
        best = nlargest(_HANDFUL, confidence.items(), key=lambda item: (item[1], -item[0]))
        return tuple(
            Match(self._intents[number].name, self._intents[number].topic, sure)
            for number, sure in best
        )

    def _terms_of(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(self._vocabulary.term(self._spelling.corrected(word)) for word in words)

    def _raise_telling(self, words: Iterable[_Word], confidence: dict[int, float]) -> None:
        """Raises the confidence in what differs from the text in filler alone, when it is near."""
        telling = [word for word in words if not word.filler]
        number = self._telling.get(frozenset(word.term for word in telling))
        if number is not None and all(word.closeness == 1.0 for word in telling):
            sure = confidence.get(number, 0.0)
            if sure >= max(confidence.values(), default=0.0) - _NEAR:
                confidence[number] = max(_TELLING, sure)

    def _by_telling(self, phrased: Iterable[tuple[int, list[str]]]) -> dict[frozenset[str], int]:
        """The intent of all phrasings that are the same apart from filler, where it is one."""
        intents: dict[frozenset[str], set[int]] = defaultdict(set)
        for number, words in phrased:
            telling = frozenset(map(self._vocabulary.term, words)) - self._filler
            if len(telling) >= _SHORTEST_TELLING and not self._intents[number].is_name:
                intents[telling].add(number)
        return {telling: max(numbers) for telling, numbers in intents.items() if len(numbers) == 1}

    def _words(self, text: str) -> list[str]:
        """The words of a text, each once; two that are one word in the phrasings are joined."""
        return self._joined(self._spelling.corrected(text).split())

    def _joined(self, words: Iterable[str]) -> list[str]:
        joined: list[str] = []
        for word in words:
            if joined and joined[-1] + word in self._vocabulary:
                joined[-1] += word
            else:
                joined.append(word)
        return list(dict.fromkeys(joined))

    def _understood(self, word: str) -> _Word:
        closest = self._vocabulary.closest(word)
        term = max(closest, key=closest.__getitem__, default="")
        weight = self._index.weight
        if term in self._filler:
            terms = {term: 1.0} if weight.get(term) else {}
            aside = word not in self._asking
            return _Word(term, 1.0, terms, unknown=0.0, filler=True, aside=aside)
        terms = {t: c for t, c in closest.items() if t in weight and t not in self._filler}
        # A number is never one of ours.
        unknown = 1.0 if word.isdecimal() else min(1.0, len(word) / _LONG)
        term = max(terms, key=terms.__getitem__, default="")
        aside = not terms and word not in self._asking
        return _Word(term, terms.get(term, 0.0), terms, unknown, filler=False, aside=aside)

    def _take_apart(
        self, text: str, whole: Mapping[str, _Word], confidence: dict[int, float]
    ) -> None:
        """Raises the confidence in what a clause says more clearly than the whole text does."""
        known = self._known(whole.values())
        for clause in self._clauses(text):
            if len(clause) == len(whole):
                continue
            words = [whole.get(word) or self._understood(word) for word in clause]
            share = min(1.0, self._known(words) / known) if known else 0.0
            for number, sure in self._compared(words).items():
                part = sure * _CLAUSE * (1 + share) / 2
                confidence[number] = max(part, confidence.get(number, 0.0))

    def _clauses(self, text: str) -> Iterator[list[str]]:
        for sentence in _SENTENCE.split(text):
            words = self._words(sentence)
            begin = 0
            for end, word in enumerate(words):
                shortest = min(end - begin, len(words) - end - 1)
                if word in _CONJUNCTIONS and shortest >= _SHORTEST_CLAUSE:
                    yield words[begin:end]
                    begin = end + 1
            yield words[begin:]

    def _known(self, words: Iterable[_Word]) -> float:
        """The weight of the words that occur in phrasings."""
        weight = self._index.weight
        return sum(max((c * weight[t] for t, c in w.terms.items()), default=0.0) for w in words)

    def _compared(self, words: list[_Word]) -> dict[int, float]:
        """The confidence in every intent of which a phrasing shares a term with the words."""
        said = self._said(words)
        anchored = self._is_anchored(words)
        if not anchored:
            said = max(said, _LEAST)
        similarities = self._similarities(words, said)
        best: dict[int, float] = {}
        for similarity, number in similarities:
            if similarity > best.get(number, 0.0):
                best[number] = similarity
        of_topic = self._of_topic(words, said)
        votes = self._votes(similarities)
        asides = 0 if anchored else sum(word.aside for word in words)
        confidence: dict[int, float] = {}
        for number, similarity in best.items():
            intent = self._intents[number]
            typical = of_topic.get(intent.topic, 0.0)
            sure = 1 - (1 - _PHRASING * similarity) * (1 - _TOPIC * typical)
            sure *= 1 - _DOUBT * (1 - votes.get(intent.topic, 0.0))
            if not intent.topic:
                sure *= _COMMAND
            if intent.is_name:
                sure /= 1 + _ASIDE * asides
            confidence[number] = 1 - _DOUBT_NEAR_ANCHOR * (1 - sure) if anchored else sure
        return confidence

    def _is_anchored(self, words: list[_Word]) -> bool:
        return any(
            closeness > 0.5 and term in self._anchors
            for word in words
            for term, closeness in word.terms.items()
        )

    def _said(self, words: list[_Word]) -> float:
        """The weight of all words together, apart from filler."""
        unknown = _UNKNOWN_NEAR_ANCHOR if self._is_anchored(words) else _UNKNOWN
        said = 0.0
        for word in words:
            if word.filler:
                continue
            known = word.closeness * self._index.weight.get(word.term, 0.0)
            said += known + (1 - word.closeness) * unknown * word.unknown
        return said

    def _similarities(self, words: list[_Word], said: float) -> list[tuple[float, int]]:
        """Of every phrasing that shares a term: the similarity, from 0 to 1, and the intent."""
        index = self._index
        shared: dict[int, float] = defaultdict(float)
        values: list[tuple[str, float]] = []
        for word in words:
            own = index.weight.get(word.term, 0.0)
            counts = _FILLER if word.filler else 1.0
            found: dict[int, float] = {}
            for term, closeness in word.terms.items():
                value = counts * closeness * min(own, index.weight[term])
                values.append((term, value))
                for number in index.leads[term]:
                    if value > found.get(number, 0.0):
                        found[number] = value
            for number, value in found.items():
                shared[number] += value
        similarities = []
        for number, overlap in shared.items():
            phrasing = index.phrasings[number]
            if phrasing.tail:
                overlap += sum(value for term, value in values if term in phrasing.tail)
            lacking = self._lacking * (said - overlap) if said > overlap else 0.0
            besides = _BESIDES * (phrasing.size - overlap) if phrasing.size > overlap else 0.0
            similarities.append((overlap / (overlap + lacking + besides), phrasing.intent))
        return similarities

    def _of_topic(self, words: list[_Word], said: float) -> dict[str, float]:
        """For every topic the part of what is said that is typical of it, from 0 to 1."""
        parts: dict[str, float] = defaultdict(float)
        for word in words:
            if word.terms and not word.filler:
                value = word.closeness * self._index.weight[word.term] / said
                for topic, share in self._index.of_topic[word.term].items():
                    parts[topic] += value * share
        return parts

    def _votes(self, similarities: list[tuple[float, int]]) -> dict[str, float]:
        """For every topic its share of the nearest phrasings, by similarity."""
        votes: dict[str, float] = defaultdict(float)
        for similarity, intent in nlargest(_NEAREST, similarities):
            votes[self._intents[intent].topic] += similarity
        total = sum(votes.values())
        return {topic: vote / total for topic, vote in votes.items()}
