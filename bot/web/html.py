"""The mark-up of the content as HTML. Everything that is not a tag of ours is escaped."""

from functools import lru_cache

from markupsafe import Markup, escape

from dialogues.markup import Body, Bold, Bullets, Link, Span

# Other sites seldom let themselves be shown in a frame.
NEW_TAB = Markup(' target="_blank" rel="noopener"')


@lru_cache(maxsize=1024)
def html(body: Body, *, framed: bool = False) -> Markup:
    """Paragraphs and lists. The same texts of the content are shown all the time.

    ``framed``: they stand in a frame, which links to other sites leave.
    """
    return Markup("\n").join(
        _list(block, framed)
        if isinstance(block, Bullets)
        else _element("p", _spans(block.spans, framed))
        for block in body
    )


def _spans(parts: tuple[Span, ...], framed: bool) -> Markup:
    return Markup("").join(_span(part, framed) for part in parts)


def _list(block: Bullets, framed: bool) -> Markup:
    items = Markup("").join(_element("li", _spans(item, framed)) for item in block.items)
    return _element("ul", items)


def _span(span: Span, framed: bool) -> Markup:
    match span:
        case Bold(text=text):
            return _element("strong", escape(text))
        case Link(text=text, address=address):
            leaving = NEW_TAB if framed and address.startswith("http") else ""
            return Markup('<a href="{}"{}>{}</a>').format(address, leaving, text)
        case _:
            return escape(span.text)


def _element(name: str, inside: Markup) -> Markup:
    return Markup(f"<{name}>") + inside + Markup(f"</{name}>")  # noqa: S704 a tag name of ours
