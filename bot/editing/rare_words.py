"""Words that few readers know, by how often Dutch texts use them (``wordfreq``)."""

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache

from wordfreq import get_frequency_dict, word_frequency

from dialogues.language import Rules, Text, sentences, words
from dialogues.problems import Problems

_ENDINGS = ("e", "en", "n", "s", "t", "te", "de", "er", "ere")
_SHORTEST = 3  # letters of a part; shorter parts would split any word into common ones
_LONGEST = 50  # letters of a compound; trying every cut of a longer word takes too long
# A long vowel is written once in an open syllable, and a consonant twice after a short one.
_LONG = re.compile(r"([aeou])\1([^aeiou])$")
_SHORT = re.compile(r"(?<![aeiou])([aeiou])([^aeiouhjqvwxyz])$")


class Vocabulary:
    """How common words are to readers, given the words that are explained to them.

    A list of words from running texts has few long words. So a word is as common as its most
    common form, and a compound as its rarest part: who knows "wijk" and "agent" can read
    "wijkagent". That is no grammar, and it lets some rare words through; the other way round
    every rule would cost editors a list of easy words.
    """

    def __init__(self, explained: Iterable[str]) -> None:
        self._explained = frozenset(word for line in explained for word in words(line.lower()))
        self._found: dict[str, float] = {}

    def per_million(self, word: str) -> float:
        """Times in a million words of Dutch, without bound for what is explained."""
        word = word.lower().replace("’", "'")
        if word not in self._found:
            self._found[word] = self._as_compound(word, self._whole(word))
        return self._found[word]

    def _whole(self, word: str) -> float:
        forms = set(_forms(word))
        return math.inf if forms & self._explained else max(map(_per_million, forms))

    def _as_compound(self, word: str, whole: float) -> float:
        """The measure of the compound that is most common, or of the word itself when that is."""
        if "-" in word:
            return max(whole, min(self.per_million(part) for part in word.split("-")))
        cuts = range(_SHORTEST, len(word) - _SHORTEST + 1) if len(word) <= _LONGEST else ()
        most = whole
        for cut in cuts:
            # The "s" or "en" between two parts goes like any other ending.
            head = self._whole(word[:cut])
            # Behind a beginning that is no more common the rest, in all its cuts, cannot matter.
            if head > most:
                most = max(most, min(head, self.per_million(word[cut:])))
        return most


def check_rare_words(
    texts: Iterable[Text], explained: Iterable[str], rules: Rules, problems: Problems
) -> None:
    """Report words that hardly anybody uses, and the longer texts with too many rare ones."""
    vocabulary = Vocabulary([*explained, *rules.known])
    for text in texts:
        found = {word: vocabulary.per_million(word) for word in _read(text)}
        for word, measure in found.items():
            if measure < rules.very_rare:
                shown = f"{measure:.1f}".replace(".", ",")
                limit = rules.very_rare
                place = text.place_of(word)
                problems.add(place, "zeer_zeldzaam", woord=word, maat=shown, grens=limit)
        rare = [word for word, measure in found.items() if measure < rules.rare]
        count = len(words(text.own))
        if count >= rules.measured_from and 100 * len(rare) > rules.most_rare * count:
            values = {"aantal": count, "zeldzaam": len(rare), "grens": rules.most_rare}
            problems.add(text.place, "zeldzame_woorden", **values, woorden=", ".join(rare))


def _read(text: Text) -> Iterator[str]:
    """The words of a text without names: a capital inside a sentence, or capitals only."""
    for sentence in sentences(text.own):
        for number, word in enumerate(words(sentence)):
            if not word.isupper() and (number == 0 or not word[0].isupper()):
                yield word


def _forms(word: str) -> Iterator[str]:
    """The word with and without the endings of Dutch; most are no words, and have frequency 0."""
    stems = {word, *(word.removesuffix(ending) for ending in _ENDINGS)}
    for stem in stems:
        if len(stem) >= _SHORTEST or stem == word:
            yield stem
            yield from (stem + ending for ending in _ENDINGS)
            yield _LONG.sub(r"\1\2en", stem)
            yield _SHORT.sub(r"\1\2\2en", stem)


@cache
def _per_million(word: str) -> float:
    # Most forms are no words. To look that up they need not be split into words first, which takes
    # longer than all the rest of the measures together.
    if word.isalpha() and word not in get_frequency_dict("nl"):
        return 0.0
    return word_frequency(word, "nl") * 1_000_000
