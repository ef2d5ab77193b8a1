"""The mark-up is read into a tree, and what it does not know is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.markup import (
    Body,
    Bold,
    Bullets,
    Link,
    MarkupError,
    Paragraph,
    Plain,
    bullets,
    parse,
    plain,
)

ADDRESS = "https://a.nl/b?c=d"


def _text(words: str) -> Paragraph:
    return Paragraph((Plain(words),))


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("een", (_text("een"),)),
        ("een\n  twee", (_text("een twee"),)),
        ("een\n\n\n  twee\n", (_text("een"), _text("twee"))),
        ("- a\n- b", (Bullets(((Plain("a"),), (Plain("b"),))),)),
        ("- a\n  gaat door\n- b", (Bullets(((Plain("a gaat door"),), (Plain("b"),))),)),
        ("Kies:\n- a", (_text("Kies:"), Bullets(((Plain("a"),),)))),
        ("**vet**", (Paragraph((Bold("vet"),)),)),
        ("a **b** c", (Paragraph((Plain("a "), Bold("b"), Plain(" c"))),)),
        (f"[b]({ADDRESS}).", (Paragraph((Link("b", ADDRESS), Plain("."))),)),
        (f"- **a**: [b]({ADDRESS})", (Bullets(((Bold("a"), Plain(": "), Link("b", ADDRESS)),)),)),
        ("3 * 4 < 5 [x] (y)", (_text("3 * 4 < 5 [x] (y)"),)),
    ],
)
def test_reading(source: str, body: Body) -> None:
    assert parse(source) == body


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("a **b", "**b"),
        ("****", "****"),
        ("**a\n\nb**", "**a"),
        ("[a](http://a.nl)", "](http://a.nl)"),
        ("[a](javascript:alert(1))", "](javascript:alert(1"),
        ("[a](https://a b)", "](https://a b)"),
        ("een <b>woord</b>", "<b>woord</b>"),
        ("</div>", "</div>"),
    ],
)
def test_what_is_refused(source: str, piece: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(source)

    assert caught.value.args == (piece,)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a\n\nb", "a\n\nb"),
        ("Kies **a**:\n- b\n- **c**", "Kies a:\n\n- b\n- c"),
        (f"[b]({ADDRESS})", f"b ({ADDRESS})"),
    ],
)
def test_the_words_alone(source: str, words: str) -> None:
    assert plain(parse(source)) == words


def test_a_list_of_rows() -> None:
    assert bullets(["a", "**b**"]) == (Bullets(((Plain("a"),), (Bold("b"),))),)
    assert bullets([]) == ()


@given(st.text())
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        body = parse(source)
    except MarkupError:
        return

    assert len(plain(body)) <= 3 * len(source)
