"""The report: all that was said is in it, anyone can read it, and it is always the same."""

import io
import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pdfua
import pikepdf
import pytest

from bot.report.document import available, pdf, weighing_all
from bot.report.texts import ReportTexts
from dialogues.content import UNKNOWN
from dialogues.flow import Flow
from dialogues.markup import Bullets
from dialogues.outcome_view import outcome_messages
from dialogues.result import judge
from dialogues.state import Conversation, path_of
from dialogues.turn import Message
from tests.core.definition import QUESTIONS
from tests.report.reading import (
    attached,
    codes,
    elements,
    header_scopes,
    pages,
    squeezed,
    targets,
    text_of,
)

MADE = date(2026, 11, 23)
LINK = "https://wijzer.example.nl/uitkomst?" + "&".join(f"{name}=ja" for name in QUESTIONS)
JA = dict.fromkeys(QUESTIONS, "ja")
# The outcome that is expected, and the conversation.
CASES = {
    "volledig": ("volledig", Conversation(JA)),
    "implementatie": ("implementatie", Conversation({**JA, "ontwerp": "nee"})),
    "complementair": ("complementair", Conversation({**JA, "primair_proces": "nee"})),
    "geen, early": ("geen", Conversation({**JA, "burgers": "nee"})),
    "geen, complete": ("geen", Conversation({**JA, "burgers": "nee"}, complete=True)),
    "geen, unknown": ("geen", Conversation({**JA, "burgers": UNKNOWN, "doel": "nee"})),
    "volledig, unknown": ("volledig", Conversation({**JA, "eigen_gebruik": UNKNOWN})),
    "geen, all": ("geen", Conversation(dict.fromkeys(QUESTIONS, "nee"), complete=True)),
    "open, one": ("open", Conversation({**JA, "primair_proces": UNKNOWN})),
    "open, all": ("open", Conversation(dict.fromkeys(QUESTIONS, UNKNOWN))),
    "unfinished": ("open", Conversation({"publieke_waarde": "ja", "burgers": UNKNOWN})),
    "nothing": ("open", Conversation()),
}
WITH_LINK = pytest.mark.parametrize("link", [LINK, None], ids=["link", "no link"])


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[str, Conversation]:
    found: tuple[str, Conversation] = CASES[request.param]
    return found


def _spans(message: Message) -> list[str]:
    """The pieces of text in a message, without the addresses behind them."""
    rows = [
        row
        for block in message.body
        for row in (block.items if isinstance(block, Bullets) else (block.spans,))
    ]
    return [span.text for row in rows for span in row]


def _has_all(text: str, messages: tuple[Message, ...]) -> None:
    for message in messages:
        for piece in (message.title, *_spans(message)):
            assert squeezed(piece) in text


def test_the_extra_is_there() -> None:
    assert available()


@WITH_LINK
def test_everything_that_other_channels_say_is_in_it(
    flow: Flow, texts: ReportTexts, case: tuple[str, Conversation], link: str | None
) -> None:
    outcome, conversation = case
    text = text_of(pdf(flow, texts, conversation, MADE, link))
    answers = conversation.answers
    facts = path_of(flow, conversation).facts

    assert squeezed(flow.content.outcomes[outcome].sentence) in text
    _has_all(text, outcome_messages(flow.content, judge(flow, facts, answers)))
    for name, answer in facts.items():
        question = flow.content.questions[name]
        assert squeezed(question.text) + squeezed(question.option(answer).label) in text
    assert "23november2026" in text
    assert (squeezed(LINK) in text) == (link is not None)
    assert flow.content.version in text
    count = pages(pdf(flow, texts, conversation, MADE, link))
    assert f"Pagina1van{count}" in text
    assert f"Pagina{count}van{count}" in text


def test_the_answers_are_attached(
    flow: Flow, texts: ReportTexts, case: tuple[str, Conversation]
) -> None:
    outcome, conversation = case

    assert attached(pdf(flow, texts, conversation, MADE, LINK)) == {
        "answers": dict(path_of(flow, conversation).facts),
        "complete": conversation.complete,
        "outcome": outcome,
        "content_version": flow.content.version,
        "date": "2026-11-23",
    }


@WITH_LINK
def test_it_follows_the_rules_for_accessible_files(
    flow: Flow,
    texts: ReportTexts,
    case: tuple[str, Conversation],
    link: str | None,
    tmp_path: Path,
) -> None:
    outcome, conversation = case
    data = pdf(flow, texts, conversation, MADE, link)
    file = tmp_path / "rapport.pdf"
    file.write_bytes(data)

    assert [str(finding) for finding in pdfua.validate(str(file)).findings] == []
    with pikepdf.open(io.BytesIO(data)) as document:
        title = texts.title.text(uitkomst=flow.content.outcomes[outcome].name)
        assert str(document.Root.Lang).startswith("nl")
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == title
        found = list(elements(document))
        roles = [str(element.S) for element in found]
        assert [role for role in roles if role in ("/H1", "/H2")][:2] == ["/H1", "/H2"]
        assert roles.count("/H1") == 1
        assert ("/Table" in roles) == bool(conversation.answers)
        assert header_scopes(document) == (["/Column"] * 3 if conversation.answers else [])
        alt = [str(element.Alt) for element in found if element.S == "/Figure"]
        assert alt == ([texts.qr_code] if link else [])


def test_only_fonts_that_come_with_the_engine_are_used(flow: Flow, texts: ReportTexts) -> None:
    data = pdf(flow, texts, Conversation(JA), MADE, LINK)
    with pikepdf.open(io.BytesIO(data)) as document:
        names = {str(o.FontName) for o in document.objects if "/FontName" in _keys(o)}

    assert names
    assert all("Libertinus" in name for name in names)


def _keys(item: pikepdf.Object) -> set[str]:
    return set(item.keys()) if isinstance(item, pikepdf.Dictionary) else set()


def test_the_code_and_the_printed_address_lead_back(flow: Flow, texts: ReportTexts) -> None:
    data = pdf(flow, texts, Conversation(JA), MADE, LINK)

    assert codes(data) == [LINK]
    assert LINK in targets(data)
    assert codes(pdf(flow, texts, Conversation(JA), MADE, None)) == []


def test_sources_are_links_and_their_addresses_can_be_read_on_paper(
    flow: Flow, texts: ReportTexts
) -> None:
    data = pdf(flow, texts, Conversation(JA), MADE, None)
    reading = flow.content.outcomes["volledig"].reading
    expected = {flow.content.references[name].address for name in reading}

    assert expected <= targets(data)
    for number, address in enumerate(sorted(targets(data), key=text_of(data).index), start=1):
        assert f"[{number}]{address}" in text_of(data)


# A longer text may make two pages of one: then look whether that is worth it.
@pytest.mark.parametrize("name", ["volledig", "implementatie", "complementair", "geen, early"])
def test_a_normal_outcome_fits_on_one_page(flow: Flow, texts: ReportTexts, name: str) -> None:
    _, conversation = CASES[name]

    assert pages(pdf(flow, texts, conversation, MADE, LINK)) == 1


def test_no_outcome_takes_more_than_two_pages(
    flow: Flow, texts: ReportTexts, case: tuple[str, Conversation]
) -> None:
    assert pages(pdf(flow, texts, case[1], MADE, LINK)) <= 2


def test_the_same_answers_give_the_same_bytes(
    flow: Flow, texts: ReportTexts, case: tuple[str, Conversation]
) -> None:
    _, conversation = case
    turned = dict(list(conversation.answers.items())[::-1])
    backwards = Conversation(turned, complete=conversation.complete)
    once = pdf(flow, texts, conversation, MADE, LINK)

    assert pdf(flow, texts, conversation, MADE, LINK) == once
    assert pdf(flow, texts, backwards, MADE, LINK) == once
    assert pdf(flow, texts, conversation, date(2026, 11, 24), LINK) != once


def test_nothing_is_written(
    flow: Flow, texts: ReportTexts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pdf(flow, texts, Conversation(JA), MADE, LINK)

    assert list(tmp_path.iterdir()) == []


def _some_answers() -> list[Mapping[str, str]]:
    chance = random.Random(3)
    options = ("ja", "nee", UNKNOWN, "")
    drawn = [{name: chance.choice(options) for name in QUESTIONS} for _ in range(40)]
    return [{name: answer for name, answer in some.items() if answer} for some in drawn]


@pytest.mark.parametrize("answers", _some_answers())
def test_answers_with_gaps_are_judged_as_assess_does(
    flow: Flow, texts: ReportTexts, answers: dict[str, str]
) -> None:
    data = pdf(flow, texts, weighing_all(flow, answers), MADE, None)
    result = judge(flow, answers)

    assert attached(data)["outcome"] == result.outcome
    _has_all(text_of(data), outcome_messages(flow.content, result))
