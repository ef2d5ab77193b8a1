"""Typed replies to a question: ja, nee, weet niet and deels, in the ways people say them.

A wrong guess would count as an answer, so when a reply can be read in two ways it is PARTLY: the
person is asked to choose.
"""

import re

from dialogues.content import PARTLY, Words
from dialogues.spelling import bare

YES, NO = "ja", "nee"
_STRETCHED = re.compile(r"(.)\1{2,}")
_LONGEST_DENIAL = 4  # words; in a longer sentence the denial may be about something else


class Replies:
    """Made once from the words of the content."""

    def __init__(self, words: Words) -> None:
        self._options = {
            bare(phrase): name for name, phrases in words.answers.items() for phrase in phrases
        }
        self._beginnings = {
            bare(phrase): name for name, phrases in words.replies.items() for phrase in phrases
        }
        self._denials = frozenset(words.denials)
        self._reserves = frozenset(words.reserves)
        self._asking = frozenset(words.asking)

    def exact(self, said: str) -> str | None:
        """The option that a bare text is a known way to say, also stretched (``jaaa``)."""
        if said in self._options:
            return self._options[said]
        forms = (_STRETCHED.sub(r"\1\1", said), _STRETCHED.sub(r"\1", said))
        # One letter many times over says nothing.
        return next(
            (self._options[f] for f in forms if len(set(f)) > 1 and f in self._options), None
        )

    def asks(self, text: str) -> bool:
        """Whether a text looks like a question; then it is no reply."""
        return "?" in text or bare(text).partition(" ")[0] in self._asking

    def beginning(self, said: str) -> str | None:
        """``nee, ze praten alleen mee``: the first words reply and the rest tells why."""
        words = said.split()
        for count in range(len(words) - 1, 0, -1):
            first = " ".join(words[:count])
            option = self._beginnings.get(first)
            if option is not None:
                return self._unless(option, words[:count], words[count:])
        return None

    def careful(self, option: str, said: str) -> str:
        """The option, but no ja with a denial in it, no nee without one, and no reserve."""
        words = set(said.split())
        denied = bool(words & self._denials)
        agrees = {YES: not denied, NO: denied}.get(option, True)
        reserved = option in (YES, NO) and words & self._reserves
        return option if agrees and not reserved else PARTLY

    def _unless(self, option: str, reply: list[str], rest: list[str]) -> str:
        denied = len(rest) <= _LONGEST_DENIAL and rest[-1] in self._denials
        doubts = any(self._options.get(word) == PARTLY for word in rest)
        opposite = {YES: NO, NO: YES}[option]
        if doubts or opposite in rest or (option == YES and self._reserves & set(rest)):
            return PARTLY
        if option == YES and denied:
            # "klopt helemaal niet" is no; "ja dat doen ze niet" may be either.
            return PARTLY if reply[0] == YES else NO
        return option
