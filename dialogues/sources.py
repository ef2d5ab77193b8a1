"""Where to read more, in words: a list with what each source offers, or a line with the titles."""

from collections.abc import Iterable

from dialogues.content import Content, Reference
from dialogues.markup import Body, bullets


def references(content: Content, names: Iterable[str]) -> Body:
    """A list of things to read, each with its language and what the reader finds there."""
    return bullets(_reference(content, content.references[name]) for name in names)


def source_line(content: Content, names: Iterable[str]) -> Body:
    """A line of its own with the sources of a text, or nothing when it names none."""
    links = source_links(content, names)
    return content.texts.source_line.body(bronnen=links) if links else ()


def source_links(content: Content, names: Iterable[str]) -> str:
    """The makers of sources, as links to fill in within a text.

    Their titles are long and often English, and stand under further reading. A source without an
    address is named with its title: it stands nowhere else.
    """
    return "; ".join(_named(content.references[name]) for name in names)


def _named(source: Reference) -> str:
    maker = f"{source.makers}, {source.year}" if source.year else source.makers
    return f"[{maker}]({source.address})" if source.address else f"{maker}: {source.title}"


def _reference(content: Content, reference: Reference) -> str:
    texts = content.texts
    details = [reference.makers, reference.year, texts.languages[reference.language]]
    details.append(texts.prices[reference.free])
    return texts.reference_line.text(
        titel=f"[{reference.title}]({reference.address})",
        gegevens=", ".join(filter(None, details)),
        inhoud=reference.summary,
    )
