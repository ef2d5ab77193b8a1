"""The emulator reads Telegram's HTML subset, and complains in the server's words."""

import pytest

from tests.botapi.entities import MarkupError, parse_html


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot; &#233; &euro;", 'a <b> & "c" é &euro;', []),
        ("🏟<b>é</b>", "🏟é", [("bold", 2, 1)]),
        ("<b>x<i>y</i></b>", "xy", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<blockquote expandable>w</blockquote>", "w", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">w</span>', "w", [("spoiler", 0, 1)]),
        ('<pre><code class="language-py">w</code></pre>', "w", [("pre", 0, 1)]),
        ("<code>w</code>", "w", [("code", 0, 1)]),
        ('<a href="https://a.nl/?b=1&amp;c=2">w</a>', "w", [("text_link", 0, 1)]),
        ('<a href="nowhere">w</a>', "w", []),
        ("<b></b>leeg", "leeg", []),
    ],
)
def test_html_becomes_text_and_entities(
    html: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    parsed, found = parse_html(html)
    assert parsed == text
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        (
            "<i x>y</i>",
            'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 0',
        ),
    ],
)
def test_broken_html_is_refused(html: str, reason: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_html(html)
    assert str(caught.value) == reason
