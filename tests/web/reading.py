"""What a page says, read back from its HTML without a browser."""

from html.parser import HTMLParser

# These have no end tag.
_VOID = {"meta", "link", "input", "br", "img", "hr"}


class Html(HTMLParser):
    """``tags``: each tag with its attributes; ``text``: all that is not a tag; ``fields``: what
    stands in each text area.

    Tags must be closed in order, and an id may stand there once: a browser would guess, silently.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.fields: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open, self._open
        ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), ids
        self.ids = set(ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "textarea":
            self.fields.append("")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open and self._open[-1] == "textarea":
            self.fields[-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every tag with this name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, name: str) -> list[str]:
        """The values of an attribute, on any tag."""
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def meta(self, name: str) -> str:
        """What a ``property`` of the head says; empty if it is not there."""
        found = (tag["content"] for tag in self.all("meta") if tag.get("property") == name)
        return next(found, "")
