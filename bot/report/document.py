"""The outcome of a conversation as an A4 for a file: PDF/UA-1, with the answers attached."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version

from bot.address import link
from bot.arguments import PROGRAM
from bot.dates import in_words, today
from bot.report import engine
from bot.report.engine import ReportUnavailable, available
from bot.report.paper import Paper
from bot.report.texts import ReportTexts
from dialogues.content import Content
from dialogues.flow import Flow
from dialogues.outcome_view import capital, outcome_messages
from dialogues.result import judge
from dialogues.state import Conversation, path_of
from dialogues.turn import Message

__all__ = ["FILE_NAME", "Report", "ReportUnavailable", "available", "maker", "pdf"]

Report = Callable[[Conversation], bytes]

FILE_NAME = "coproductiewijzer-uitkomst.pdf"
_TEMPLATE = "report.typ"
_ATTACHMENT = "antwoorden.json"


def pdf(
    flow: Flow, texts: ReportTexts, conversation: Conversation, made: date, address: str | None
) -> bytes:
    """The report as a PDF; ``address``: an address that opens the same answers again.

    The same arguments give the same bytes. Nothing is written and no network is used. Raises
    ReportUnavailable when the extra ``rapport`` is not installed.
    """
    engine.require()
    return engine.pdf(_TEMPLATE, _data(flow, texts, conversation, made, address), made)


def maker(flow: Flow, texts: ReportTexts, public_url: str) -> Report | None:
    """What makes the report of a conversation, of today; None when the extra is not installed.

    ``public_url``: where the pages stand, for the link on the report; it may be empty.
    """
    if not available():
        return None

    def make(conversation: Conversation) -> bytes:
        address = link(flow, conversation, public_url) if public_url else None
        return pdf(flow, texts, conversation, today(), address)

    return make


def _data(
    flow: Flow, texts: ReportTexts, conversation: Conversation, made: date, address: str | None
) -> dict[str, object]:
    content = flow.content
    facts = _facts(flow, conversation)
    result = judge(flow, facts, conversation.answers)
    outcome, *sections, disclaimer = outcome_messages(content, result)
    paper = Paper()
    reading = content.texts.reading_title
    return {
        "program": texts.version.text(versie=version(PROGRAM)),
        "title": texts.title.text(uitkomst=content.outcomes[result.outcome].name),
        "made_on": texts.made_on.text(datum=in_words(made, texts.months)),
        "initiative": texts.initiative,
        "outcome": outcome.title,
        "sentence": paper.blocks(outcome.body),
        "sections": [_section(paper, one) for one in sections if one.title != reading],
        "answers": {
            "title": texts.answers_title,
            "columns": [texts.column_subject, texts.column_question, texts.column_answer],
            "rows": _rows(content, facts),
            "none": paper.blocks(texts.no_answers),
        },
        "back": _back(texts, paper, address),
        "about": {
            "title": texts.about_title,
            "body": paper.blocks((*texts.about, *disclaimer.body)),
        },
        # Below the answers, so that the titles stand with their addresses.
        "reading": [_section(paper, one) for one in sections if one.title == reading],
        "addresses": {"title": texts.addresses_title, "rows": paper.addresses},
        "page": texts.page.source,
        "attachment": {
            "name": _ATTACHMENT,
            "description": texts.attachment,
            "text": json.dumps(
                {
                    "answers": facts,
                    "complete": conversation.complete,
                    "outcome": result.outcome,
                    "content_version": content.version,
                    "date": made.isoformat(),
                },
                indent=2,
            ),
        },
    }


def _section(paper: Paper, message: Message) -> dict[str, object]:
    return {"title": message.title, "body": paper.blocks(message.body)}


def weighing_all(flow: Flow, answers: Mapping[str, str]) -> Conversation:
    """Answers without a conversation as one in which every answer counts, as ``assess`` does."""
    early = Conversation(answers)
    return replace(early, complete=not answers.keys() <= path_of(flow, early).facts.keys())


def _facts(flow: Flow, conversation: Conversation) -> dict[str, str]:
    """The answers that count, in the order of the questions.

    Without an outcome the path ends at the first gap; a report then weighs every answer that was
    given, as ``assess`` does.
    """
    path = path_of(flow, conversation)
    if path.here in flow.content.outcomes:
        return dict(path.facts)
    given = conversation.answers
    return {
        name: given[name] for name in flow.content.questions if flow.fits(name, given.get(name, ""))
    }


def _rows(content: Content, facts: Mapping[str, str]) -> list[list[str]]:
    return [
        [
            capital(content.questions[name].name),
            content.questions[name].text,
            content.questions[name].option(answer).label,
        ]
        for name, answer in facts.items()
    ]


def _back(texts: ReportTexts, paper: Paper, address: str | None) -> dict[str, object] | None:
    if not address:
        return None
    import segno

    picture = io.BytesIO()
    # Without a border: the page has room around the code, and so it stands in line with the text.
    segno.make_qr(address).save(picture, kind="svg", border=0, xmldecl=False)
    return {
        "title": texts.back_title,
        "body": paper.blocks(texts.back),
        "address": address,
        "picture": picture.getvalue().decode(),
        "alt": texts.qr_code,
    }
