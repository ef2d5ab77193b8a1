"""Texts and addresses are shown as they are: nothing in them is code to the engine."""

import unicodedata
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from bot.report.document import pdf
from bot.report.texts import ReportTexts
from dialogues import markup
from dialogues.fields import Template
from dialogues.flow import Flow
from dialogues.loader import FOLDER, load
from dialogues.state import Conversation
from tests.conftest import ContentWith
from tests.core.definition import QUESTIONS
from tests.report.reading import codes, squeezed, targets, text_of

HOSTILE = (
    '#read("/etc/passwd") *x* _y_ $z$ \\ \\u{41} `c` @ref <l> = // /* "a" \'b\' -- ... ~ #panic()'
)
# Without the signs that the content refuses in a line.
IN_A_LINE = HOSTILE.replace("*", "").replace("<l>", "")
CONVERSATION = Conversation(dict.fromkeys(QUESTIONS, "ja"))
MADE = date(2026, 11, 23)


def test_a_hostile_text_of_the_content_comes_out_as_it_is(
    texts: ReportTexts, content_with: ContentWith
) -> None:
    written = (FOLDER / "uitkomsten.yaml").read_text(encoding="utf-8")
    quoted = IN_A_LINE.replace("'", "''")
    changed = written.replace(
        "zin: Volgens uw antwoorden is dit volledige coproductie.", f"zin: '{quoted}'"
    ).replace("Inwoners en medewerkers maken de dienst samen.", f"{IN_A_LINE} *x*")
    flow = Flow(load(content_with(uitkomsten=changed)))
    text = text_of(pdf(flow, texts, CONVERSATION, MADE, None))

    assert text.count(squeezed(IN_A_LINE)) == 2
    assert "root:" not in text


def test_hostile_texts_of_the_report_come_out_as_they_are(flow: Flow, texts: ReportTexts) -> None:
    # Each with its own name behind it, to tell them apart.
    lines = {f.name: f"{HOSTILE} {f.name}" for f in fields(texts) if f.type is str}
    bodies = {f.name: _body(f"{HOSTILE} {f.name}") for f in fields(texts) if f.type == markup.Body}
    changes: dict[str, Any] = {**lines, **bodies, "page": Template(f"{HOSTILE} page")}
    hostile = replace(texts, **changes)
    text = text_of(pdf(flow, hostile, CONVERSATION, MADE, "https://a.nl/"))
    # What only a screen reader says, and what is for other answers.
    elsewhere = {"attachment", "qr_code", "unknown_title", "no_answers"}
    shown = [name for name in changes if name not in elsewhere and not name.startswith("card_")]

    assert len(shown) == 11
    for name in shown:
        assert squeezed(f"{HOSTILE} {name}") in text
    assert "root:" not in text


def _body(text: str) -> markup.Body:
    return (markup.Paragraph((markup.Plain(text),)),)


@pytest.mark.parametrize(
    "link",
    [
        f"https://a.nl/{HOSTILE}",
        'https://a.nl/#read("/etc/passwd")&x=1">',
        "https://a.nl/" + "x=1&" * 200,
        "https://a.nl/{nummer}?é=€",
    ],
)
def test_a_hostile_address_is_only_an_address(flow: Flow, texts: ReportTexts, link: str) -> None:
    data = pdf(flow, texts, CONVERSATION, MADE, link)

    assert squeezed(link) in text_of(data)
    assert codes(data) == [link]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", HOSTILE])
def test_an_address_that_is_no_page_cannot_be_clicked(
    flow: Flow, texts: ReportTexts, link: str
) -> None:
    data = pdf(flow, texts, CONVERSATION, MADE, link)

    assert squeezed(link) in text_of(data)
    assert all(target.startswith("https://") for target in targets(data))


# Every letter, digit and sign of the blocks that the fonts have or lack in part.
SIGNS = [chr(code) for code in range(0x20, 0x2700) if unicodedata.category(chr(code))[0] in "LNPS"]


def test_a_sign_that_no_font_has_becomes_a_box(flow: Flow, texts: ReportTexts) -> None:
    rare = replace(texts, initiative="Zaaltje \N{GRINNING FACE} \N{CJK UNIFIED IDEOGRAPH-65E5} €")
    text = text_of(pdf(flow, rare, CONVERSATION, MADE, None))

    assert squeezed("Zaaltje \N{WHITE SQUARE} \N{WHITE SQUARE} €") in text


def test_every_sign_can_be_set(flow: Flow, texts: ReportTexts) -> None:
    every = replace(texts, initiative=" ".join(SIGNS))

    assert "Uwantwoorden" in text_of(pdf(flow, every, CONVERSATION, MADE, None))
