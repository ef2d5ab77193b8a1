"""Where a link from outside may lead: every explanation, outcome and command has a name for it."""

from collections.abc import Iterator

from dialogues.content import Content
from dialogues.events import Ask, Event, Examples, Topics
from dialogues.intents import COMMANDS
from dialogues.yaml_source import Word

SIMPLE = Word("eenvoudig")


def entry(content: Content, name: str) -> Event | None:
    """What a link with this name opens; None for a name that the content does not have.

    An outcome opens what explains it: its term, or else its examples.
    """
    if name in content.terms or name in content.forms or name in content.examples:
        return Ask(name)
    if name in content.outcomes:
        term = content.outcomes[name].term
        return Ask(term) if term else Examples(name)
    return COMMANDS.get(name)


def entries(content: Content) -> Iterator[str]:
    """The names of all terms, forms, examples and outcomes, in the order of the content."""
    yield from dict.fromkeys((*content.terms, *content.forms, *content.examples, *content.outcomes))


def simple(content: Content) -> Topics | None:
    """What is most important in simple words, for who reads with difficulty; None without it."""
    return Topics(SIMPLE) if content.topics.get(SIMPLE) else None
