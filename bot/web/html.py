"""The mark-up of the content as HTML. Everything that is not a tag of ours is escaped."""

from functools import lru_cache

from markupsafe import Markup, escape

from dialogues.markup import Body, Bold, Bullets, Link, Span


@lru_cache(maxsize=1024)
def html(body: Body) -> Markup:
    """Paragraphs and lists. The same texts of the content are shown all the time."""
    return Markup("\n").join(
        _list(block) if isinstance(block, Bullets) else _element("p", spans(block.spans))
        for block in body
    )


def spans(parts: tuple[Span, ...]) -> Markup:
    """What stands inside one line."""
    return Markup("").join(map(_span, parts))


def _list(block: Bullets) -> Markup:
    items = Markup("").join(_element("li", spans(item)) for item in block.items)
    return _element("ul", items)


def _span(span: Span) -> Markup:
    match span:
        case Bold(text=text):
            return _element("strong", escape(text))
        case Link(text=text, address=address):
            return Markup('<a href="{}">{}</a>').format(address, text)
        case _:
            return escape(span.text)


def _element(name: str, inside: Markup) -> Markup:
    return Markup(f"<{name}>") + inside + Markup(f"</{name}>")  # noqa: S704 a tag name of ours
