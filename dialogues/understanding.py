"""Typed text becomes an event, the same way in every channel.

Tried in this order: a number or the label of what is on offer, an answer to the open question, a
command, a term. All words come from the content; nothing is guessed beyond spelling variants.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from dialogues.content import Content, Words
from dialogues.events import (
    About,
    Answer,
    Ask,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Forget,
    Help,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Start,
    Stop,
    Terms,
    Unknown,
)
from dialogues.flow import Flow
from dialogues.state import Conversation
from dialogues.views import view

COMMANDS: dict[str, Event] = {
    "start": Start(),
    "zelfcheck": Check(),
    "terug": Back(),
    "wijzigen": Change(),
    "help": Help(),
    "begrippen": Terms(),
    "verder_lezen": Reading(),
    "uitkomst": ShowOutcome(),
    "ook_de_rest": Continue(),
    "opnieuw": Restart(),
    "stop": Stop(),
    "vergeet": Forget(),
    "privacy": Privacy(),
    "over": About(),
}
_LONGEST_READ = 400  # characters; what is longer is no choice, command or term
_A_STORY = 60  # characters; who types more is telling something, perhaps about people
_NUMBER = re.compile(r"[0-9]{1,3}")
_APOSTROPHE = re.compile(r"['’‘`´]")


def bare(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: ``Cocreëren?!`` -> ``cocreeren``."""
    joined = _APOSTROPHE.sub("", text[:_LONGEST_READ].casefold())
    letters = unicodedata.normalize("NFKD", joined)
    kept = "".join(" " if not c.isalnum() else c for c in letters if not unicodedata.combining(c))
    return " ".join(kept.split())


class Spelling:
    """Brings the ways in which a word is written back to one."""

    def __init__(self, words: Words) -> None:
        self._right = {bare(v): right for right, many in words.spelling.items() for v in many}
        longest_first = sorted(self._right, key=len, reverse=True)
        self._variant = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

    def corrected(self, text: str) -> str:
        """The bare text in the spelling of the content."""
        return self._variant.sub(lambda match: self._right[match[0]], bare(text))


class Glossary:
    """Finds the term or form that a text asks about."""

    def __init__(self, content: Content, spelling: Spelling) -> None:
        self._spelling = spelling
        self._filler = frozenset(map(bare, content.words.filler))
        self._names: dict[frozenset[str], str] = {}
        for name, phrase in _phrases(content):
            self._names.setdefault(self._essence(phrase), name)
        self._names.pop(frozenset(), None)

    def find(self, text: str) -> str | None:
        """The id of the term of which a name makes up most of what the text says."""
        essence = self._essence(text)
        if not essence or essence in self._names:
            return self._names.get(essence)
        contained = [
            phrase for phrase in self._names if phrase <= essence and 2 * len(phrase) > len(essence)
        ]
        best = max(contained, key=lambda p: (len(p), sum(map(len, p))), default=frozenset())
        return self._names.get(best)

    def _essence(self, text: str) -> frozenset[str]:
        words = frozenset(self._spelling.corrected(text).split())
        return words - self._filler


def _phrases(content: Content) -> Iterator[tuple[str, str]]:
    for term in content.terms.values():
        for phrase in (term.name, term.question, *term.also, term.id.replace("_", " ")):
            yield term.id, phrase
    for form in content.forms.values():
        for phrase in (form.name, *form.also):
            yield form.id, phrase


class Understanding:
    """Made once from the content; ``read`` may be called for any conversation."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        words = flow.content.words
        self._spelling = Spelling(words)
        self._glossary = Glossary(flow.content, self._spelling)
        self._answers = _index(words.answers.items())
        self._commands = {
            phrase: COMMANDS[name] for phrase, name in _index(words.commands.items()).items()
        }

    def read(self, text: str, conversation: Conversation) -> Event:
        """What a typed text means in this conversation; never raises."""
        if text.lstrip().startswith("/"):
            return self._slash_command(text)
        said = bare(text)
        return (
            self._choice(said, conversation)
            or self._commands.get(said)
            or self.term(text)
            or self._unknown(said)
        )

    def term(self, text: str) -> Ask | None:
        """The term that a text asks about."""
        name = self._glossary.find(text)
        return None if name is None else Ask(name)

    def _unknown(self, said: str) -> Unknown:
        if said in self._answers:
            return Unknown("answer")
        return Unknown("story" if len(said) > _A_STORY else "text")

    def _slash_command(self, text: str) -> Event:
        # Telegram writes /start@name_of_the_bot in groups, and /start payload after a link.
        command, _, payload = text.strip()[1:].partition(" ")
        name = command.partition("@")[0]
        event = self._commands.get(bare(name.replace("_", " ")))
        if event == Start() and payload:
            return self._deep_link(payload)
        return event or Unknown()

    def _deep_link(self, payload: str) -> Event:
        """A link may lead to a term or a command; anything else in it is the ordinary start."""
        content = self._flow.content
        if payload in content.terms or payload in content.forms:
            return Ask(payload)
        return self._commands.get(payload, Start())

    def _choice(self, said: str, conversation: Conversation) -> Event | None:
        choices = view(self._flow, conversation).choices
        if _NUMBER.fullmatch(said):
            number = int(said)
            return choices[number - 1].event if 1 <= number <= len(choices) else Unknown()
        labels = {bare(choice.label): choice.event for choice in reversed(choices)}
        if said in labels:
            return labels[said]
        answers = [choice.event for choice in choices if isinstance(choice.event, Answer)]
        for answer in answers:
            option = self._flow.content.questions[answer.question].option(answer.option)
            if self._answers.get(said) == answer.option or said in map(bare, option.also):
                return answer
        # "jazeker" chooses "Ja, wis alles", and "opnieuw" chooses "Opnieuw beginnen".
        beginnings = {f"{said} ", f"{self._answers.get(said, said)} "}
        starting = [event for label, event in labels.items() if label.startswith(tuple(beginnings))]
        return starting[0] if len(starting) == 1 and said else None


def _index(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {bare(phrase): name for name, phrases in rows for phrase in phrases}
