"""Telegram's HTML subset: from marked-up text to plain text and message entities.

Offsets and lengths count UTF-16 code units, because that is what Telegram counts.
The wording of the errors is the server's own, so that tests show what production would log.
"""

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urlsplit

Entity: TypeAlias = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_PLAIN = re.compile(r"[^&<]+")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_BARE_VALUE = re.compile(r"[a-zA-Z0-9.\-]*")
_SPACE = re.compile(r"\s*")


class MarkupError(ValueError):
    """The text is not in Telegram's HTML subset; the message is the server's."""


def utf16_length(text: str) -> int:
    """Length of the text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> tuple[str, list[Entity]]:
    """Return the text without tags, and its entities ordered by position.

    Raises MarkupError as soon as Telegram would refuse the text.
    """
    return _Parser(html).run()


@dataclass
class _Open:
    name: str
    argument: str
    offset: int
    start: int


@dataclass
class _Parser:
    html: str
    at: int = 0
    offset: int = 0
    code_language: str = ""
    parts: list[str] = field(default_factory=list)
    open_tags: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.html):
            if self.html[self.at] == "&":
                self._reference()
            elif self.html.startswith("</", self.at):
                self._end_tag()
            elif self.html[self.at] == "<":
                self._start_tag()
            else:
                self._emit(self._take(_PLAIN))
        if self.open_tags:
            name = self.open_tags[-1].name
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{name}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.html, self.at)
        assert found is not None
        self.at = found.end()
        return found[0]

    def _emit(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def _byte_offset(self, position: int) -> int:
        return len(self.html[:position].encode())

    def _reference(self) -> None:
        found = _REFERENCE.match(self.html, self.at)
        self._emit(_decoded(found) if found else "&")
        self.at = found.end() if found else self.at + 1

    def _start_tag(self) -> None:
        begin = self._byte_offset(self.at)
        self.at += 1
        name = self._take(_TAG_NAME).lower()
        if self.at == len(self.html):
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        if name not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {begin}')
        argument = self._attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open_tags.append(_Open(name, argument, self.offset, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._take(_SPACE)
            if self.html.startswith(">", self.at):
                self.at += 1
                return argument
            name = self._take(_ATTRIBUTE_NAME)
            if not name and self.at < len(self.html):
                raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._take(_SPACE)
            if self.at == len(self.html):
                raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
            if (tag, name) == ("blockquote", "expandable") and self.html[self.at] != "=":
                argument = "expandable"
                continue
            if self.html[self.at] != "=":
                raise MarkupError(
                    "Expected equal sign in declaration of an attribute of the tag "
                    f'"{tag}" at byte offset {begin}'
                )
            self.at += 1
            argument = _argument(tag, name, self._value(tag, begin)) or argument

    def _value(self, tag: str, begin: int) -> str:
        self._take(_SPACE)
        if self.at == len(self.html):
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        quote = self.html[self.at]
        if quote not in "\"'":
            start = self.at
            value = self._take(_BARE_VALUE)
            if not re.match(r"[\s>]", self.html[self.at :]):
                raise MarkupError(
                    f"Unexpected end of name token at byte offset {self._byte_offset(start)}"
                )
            return value.lower()
        end = self.html.find(quote, self.at + 1)
        if end < 0:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        value = _REFERENCE.sub(_decoded, self.html[self.at + 1 : end])
        self.at = end + 1
        return value

    def _end_tag(self) -> None:
        begin = self._byte_offset(self.at)
        if not self.open_tags:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACE)
        if not self.html.startswith(">", self.at):
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.open_tags.pop()
        if name not in ("", opened.name):
            raise MarkupError(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{opened.name}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind = _TAGS[opened.name]
        entity: Entity = {
            "type": kind,
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        if kind == "text_link":
            url = _link(opened.argument or "".join(self.parts[opened.start :]))
            if url is None:
                return
            entity["url"] = url
        elif kind == "custom_emoji":
            if not opened.argument.isdigit():
                raise MarkupError("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.argument == "expandable":
            entity["type"] = "expandable_blockquote"
        elif kind == "code":
            self.code_language = opened.argument
        elif kind == "pre" and self.code_language and self._holds_just_code(entity):
            # Telegram shows <pre><code class="language-x"> as one block with a language.
            self.entities.pop()
            entity["language"] = self.code_language
        self.entities.append(entity)

    def _holds_just_code(self, block: Entity) -> bool:
        return bool(self.entities) and self.entities[-1] == block | {"type": "code"}


def _decoded(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED.get(name, found[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code <= 0xDFFF:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code <= 0x10FFFF else found[0]


def _argument(tag: str, attribute: str, value: str) -> str:
    if (tag, attribute) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, attribute) == ("code", "class"):
        return value.removeprefix("language-") if value.startswith("language-") else ""
    if (tag, attribute) == ("span", "class"):
        return value.removeprefix("tg-") if value.startswith("tg-") else ""
    return "expandable" if (tag, attribute) == ("blockquote", "expandable") else ""


def _link(target: str) -> str | None:
    url = target if re.match(r"[a-zA-Z]+:", target) else f"http://{target}"
    parts = urlsplit(url)
    if parts.scheme == "tg" or (
        parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    ):
        return url
    return None
