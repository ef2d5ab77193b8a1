"""A light stemmer for Dutch: the inflected forms of a word get the same stem.

The stem is a key for comparing, not a word of Dutch. Snowball does more, and by that too much for
a small vocabulary (``gemeente`` becomes ``meen``); its import alone takes longer than this takes
for all content.
"""

import re

# The commonest verbs are short and irregular.
_IRREGULAR = {
    "doen": "doe", "doet": "doe", "deed": "doe", "gedaan": "doe",
    "gaan": "ga", "gaat": "ga", "staan": "sta", "staat": "sta",
    "mogen": "mag", "kunnen": "kan", "kunt": "kan", "kun": "kan",
    "wil": "wil", "wilt": "wil", "willen": "wil", "zien": "zie", "ziet": "zie",
    "heeft": "heb", "hebt": "heb", "hebben": "heb", "zijn": "is", "ben": "is", "bent": "is",
    "krijgt": "krijg", "geeft": "gef", "geven": "gef", "geef": "gef", "zegt": "zeg",
    "leden": "lid",
}  # fmt: skip
# A past participle has -ge- behind the part that can be split off: uit-ge-voerd.
_PARTS = (
    *("aan", "achter", "af", "bij", "door", "in", "mee", "na", "om", "op", "over", "samen"),
    *("terug", "tegen", "toe", "uit", "vast", "voor", "weg"),
)
_PARTICIPLE = re.compile(rf"^({'|'.join(_PARTS)})ge(?=.{{3,}}(?:d|t|en)$)")
_DOUBLED = re.compile(r"([a-z])\1")
_PLURAL = re.compile(r"(?<=...)(e[lmnr]|[aou]|ie|ar)s$")
# An ending, and the letters that must remain of a word: `kans` does not become `kan`.
_ENDINGS = (("en", 3), ("e", 4), ("ing", 4), ("t", 4), ("d", 4))
_HARDENED = str.maketrans("vz", "fs")


def stem(word: str) -> str:
    """The stem of a bare word: ``beslissingen``, ``beslist`` -> ``beslis``."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    rest = _DOUBLED.sub(r"\1", _PLURAL.sub(r"\1", _PARTICIPLE.sub(r"\1", word)))
    if rest.endswith("heden"):
        rest = f"{rest[:-5]}heid"
    for ending, remaining in _ENDINGS:
        shorter = rest.removesuffix(ending)
        if len(shorter) >= remaining:
            rest = shorter
    return rest[:-1] + rest[-1:].translate(_HARDENED)
