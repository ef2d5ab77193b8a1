"""Recognises "is X coproductie?" whatever X is, and gives the X."""

import re


def _any(*words: str) -> str:
    """A pattern for one of the words."""
    return "|".join(words)


_LEADING = _any(
    *("is", "zijn", "was", "waren", "wordt", "worden", "heet", "heten", "zou", "kan", "kun"),
    *("kunnen", "mag", "mogen", "lijkt", "lijken", "vormt"),
)
_COUNTING = _any(
    *("valt", "vallen", "telt", "tellen", "geldt", "gelden", "hoort", "horen", "past", "passen")
)
_ADVERBS = (
    *("ook", "dan", "nou", "nu", "al", "wel", "toch", "eigenlijk", "echt", "nog", "gewoon"),
    *("meteen", "automatisch", "altijd", "dus", "soms", "misschien", "mee", "niet", "geen"),
    *("gij", "zien", "beschouwen", "opvatten", "gezien", "beschouwd", "aangemerkt", "noemen"),
    *("op", "te"),
)
_ADVERB = rf"(?:(?:{_any(*_ADVERBS)}) )*"
_X = r"(?P<x>(?:\w+ ){1,40}?)"
_REST = r"(?P<x>.+)"
_IF = rf"(?:{_any('als', 'wanneer', 'indien')})"
_KINDS = _any(
    *("echte", "echt", "volwaardige", "goede", "typische", "type", "soort", "vorm", "geval"),
    *("sprake", "voorbeeld", "van"),
)
_KIND = rf"{_ADVERB}(?:als )?(?:{_any('een', 'de')} )?(?:(?:{_KINDS}) )*"
_UNDER = _any("onder", "als", "bij", "in", "binnen")
_WHOLE = _any("een", "de", "het", "echte", "vorm", "van", "begrip", "noemer", "definitie")
_SPEAKING = _any("is", "spreek", "spreekt", "heet", "noem", "noemt")
_DOING = _any("doe", "doet", "doen")
_AMID = _any("ook", "dan", "al", "nog", "echt", "sprake", "van")
_THAT = _any("da", "dat", "dit", "het")
_FINAL = _any("is", "zijn", "heet", "mag heten", "genoemd", "kan")
_BUSY = rf"(?:{_any(r'bezig met', 'aan')})"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Is het coproductie als X; spreek je van coproductie wanneer X.
        rf"\b(?:{_SPEAKING}) (?:\w+ ){{0,2}}(?:(?:{_AMID}) )*coproductie {_IF} {_REST}",
        # Is dat coproductie wat X; doe ik aan coproductie als X.
        rf"\bis (?:{_THAT}) (?:\w+ )?coproductie wat? {_REST}",
        rf"\b(?:{_DOING}) (?:\w+ ){{1,3}}aan coproductie {_IF} {_REST}",
        rf"\b(?:{_LEADING}) {_X}{_KIND}coproductie\b",
        rf"\b(?:{_COUNTING}) {_X}{_ADVERB}(?:{_UNDER}) (?:(?:{_WHOLE}) )*coproductie\b",
        rf"\b(?:{_DOING}|ben|bent) {_X}{_ADVERB}{_BUSY} (?:echte )?coproductie\b",
        rf"\bof {_X}{_KIND}coproductie (?:{_FINAL})\b",
    )
)
# Words that stand for something named before, or say nothing about it.
_POINTING = frozenset(
    (
        *("dat", "dit", "deze", "die", "da", "het", "t", "ze", "zij", "er", "zo", "zoiets", "u"),
        *("jij", "je", "ge", "we", "wij", "ik", "men", "mijn", "onze", "ons", "een", "de", "hier"),
        *("daar", "wat", "iets", "doe", "doet", "doen", "volgens", "hoi", "hallo", "en", "of"),
        *("maar", *_ADVERBS),
    )
)
# These ask about the concept itself: wat is coproductie, wanneer is iets coproductie.
_OPENING = _any(
    *("wat", "wa", "wanneer", "waarom", "hoe", "hoezo", "hoeveel", "welke?", "wie", r"waar\w*"),
    *("eens", r"moet\w*", "noem", "geef", "toon"),
)
_OPEN = re.compile(rf"\b(?:{_OPENING})\b")
# Before coproductie these make something else of it: het doel van coproductie.
_JOINS = _any(
    *("onder", "van", "bij", "in", "aan", "over", "voor", "door", "met", "tussen", "en"),
    *("tegen", "zonder", "naar", "als", "rond", "om", "achter", "dan", "erg", "goed", "beter"),
    *("slecht", "meer", "minder", "complementaire?", "volledige?"),
)
_JOINING = re.compile(rf"\b(?:{_JOINS}) $")
_FORM = _any("beter", "meer", "de")
_OTHERS = _any(
    *("cocreatie", "cocreeren", "codesign", r"verschil\w*", "hetzelfde", r"synoniem\w*"),
    *(r"voorde\w*", r"nade\w*", "doel", "nut", rf"vorm\w* van coproductie (?:{_FORM})"),
)
_ANOTHER_QUESTION = re.compile(rf"\b(?:{_OTHERS})\b")

_MUCH = 4  # words after an unnamed X: they ask for something else


def asks_for_verdict(text: str) -> str | None:
    """The X of "is X coproductie?"; empty when X is not named, None when that is not asked.

    ``text``: bare, in the spelling of the content.
    """
    if _ANOTHER_QUESTION.search(text):
        return None
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found and not _JOINING.search(found["x"]) and not _asks_openly(text[: found.start()]):
            named = _named(found["x"]) or _named(text[: found.start()])
            return named if named or len(text[found.end() :].split()) < _MUCH else None
    return None


def _asks_openly(before: str) -> bool:
    """Whether the sentence is led by a question word; one far before belongs to another."""
    return bool(_OPEN.search(" ".join(before.split()[-2:])) or _OPEN.match(before))


def _named(words: str) -> str:
    return " ".join(word for word in words.split() if word not in _POINTING)
