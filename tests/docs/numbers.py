"""How much there is in the content, as the README says it."""

import re

from dialogues.content import Content

_SENTENCE = re.compile(r"NUMBERS|It knows [0-9]+ topics[^.]*\.")


def sentence(content: Content) -> str:
    return (
        f"It knows {len(content.texts.topics)} topics with {len(content.terms)} texts, "
        f"{len(content.forms)} other forms, {len(content.examples)} examples "
        f"and {len(content.references)} sources."
    )


def counted(text: str, content: Content) -> str:
    """The text with the numbers of this content."""
    return _SENTENCE.sub(sentence(content), text)
