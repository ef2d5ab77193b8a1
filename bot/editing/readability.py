"""How easy a text reads, in figures.

Flesch's reading ease with the weights that W. H. Douma gave it for Dutch (De leesbaarheid van
landbouwbladen, Wageningen 1960). It looks at lengths only, so it cannot say that a text is good.
"""

from collections.abc import Iterable

import pyphen

from dialogues.language import Rules, Text, sentences, words
from dialogues.problems import Problems

# Where a word may be broken off is, but for a letter at its end, where a syllable begins.
_SYLLABLES = pyphen.Pyphen(lang="nl_NL")


def reading_ease(text: str) -> float:
    """About 0 for a law and 100 for a children's book; it has no bounds. The text has words."""
    all_words = words(text)
    syllables = sum(len(_SYLLABLES.positions(word)) + 1 for word in all_words)
    per_sentence = len(all_words) / len(sentences(text))
    return 206.84 - 77 * syllables / len(all_words) - 0.93 * per_sentence


def check_reading_ease(texts: Iterable[Text], rules: Rules, problems: Problems) -> None:
    """Report the longer texts that read less easily than the rules ask."""
    for text in texts:
        if len(words(text.own)) < rules.measured_from:
            continue
        measure = reading_ease(text.own)
        if measure < rules.reading_ease:
            limit = rules.reading_ease
            problems.add(text.place, "leesgemak", maat=f"{measure:.0f}", grens=limit)
