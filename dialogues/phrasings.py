"""The phrasings of all intents, counted once: what each term weighs and where it occurs.

A weight tells how much a term says of what is asked: from 0, nothing, to 1, what only one intent
has. A term is a stem (see ``vocabulary``).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

_FILLER = 0.2  # a filler term keeps this much of its weight, to tell like phrasings apart
_COMMON = 0.15  # share of the intents; a filler term that more of them have weighs nothing
_ALONE = 0.4  # a term that is a phrasing by itself weighs this at least
_MANY = 60  # phrasings; a term in more of them leads only to those of which it is a large part
_LARGE = 0.45  # share of the weight of a phrasing


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for an intent.

    ``size``: the weight of its terms together. ``tail``: terms that do not lead to it, because
    they occur in very many phrasings and are a small part of this one.
    """

    intent: int
    size: float
    tail: frozenset[str]


class Index:
    """From terms to phrasings and topics.

    ``topics``: the topic of each intent. ``phrased``: an intent and the terms of one phrasing.
    """

    def __init__(
        self,
        topics: Sequence[str],
        phrased: Sequence[tuple[int, Sequence[str]]],
        filler: frozenset[str],
    ) -> None:
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for intent, terms in phrased:
            for term in terms:
                counts[term][intent] += 1
        alone = {terms[0] for _, terms in phrased if len(terms) == 1}
        self.weight = {
            term: _weight(len(having) / len(topics), len(topics), term in filler, term in alone)
            for term, having in counts.items()
        }
        self._post(phrased)
        sizes = Counter(intent for intent, _ in phrased)
        self.of_topic = {
            term: _shares({intent: n / sizes[intent] for intent, n in having.items()}, topics)
            for term, having in counts.items()
        }

    def _post(self, phrased: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Lists the phrasings and, as ``leads``, for every term those in which to look for it."""
        frequency = Counter(term for _, terms in phrased for term in terms)
        many = {term for term, phrasings in frequency.items() if phrasings > _MANY}
        self.phrasings: list[Phrasing] = []
        self.leads: dict[str, list[int]] = {term: [] for term in frequency}
        for number, (intent, terms) in enumerate(phrased):
            size = sum(self.weight[term] for term in terms)
            tail = {term for term in many.intersection(terms) if self.weight[term] < _LARGE * size}
            self.phrasings.append(Phrasing(intent, size, frozenset(tail)))
            for term in terms:
                if self.weight[term] and term not in tail:
                    self.leads[term].append(number)


def _weight(spread: float, intents: int, filler: bool, alone: bool) -> float:
    """Inverse document frequency, with the intents as documents; ``spread``: share having it."""
    rarity = log(1 + 1 / spread) / log(1 + intents)
    if filler:
        return _FILLER * rarity if spread <= _COMMON else 0.0
    return max(rarity, _ALONE) if alone else rarity


def _shares(rates: Mapping[int, float], topics: Sequence[str]) -> dict[str, float]:
    """How a term is divided over the topics, adding up to 1. ``rates``: by intent."""
    shares: dict[str, float] = defaultdict(float)
    for intent, rate in rates.items():
        shares[topics[intent]] += rate / sum(rates.values())
    return dict(shares)
