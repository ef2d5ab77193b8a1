"""What the pages count: what belongs to the conversation, and what went wrong."""

import re

import pytest

from bot.metrics import Metrics
from dialogues.flow import Flow
from dialogues.state import Conversation
from tests.web.client import Client, composed
from tests.web.test_http import FILES, failing

OUTCOME = "?publieke_waarde=nee"


def counted(metrics: Metrics, name: str, label: str) -> float:
    found = re.search(
        rf'^coproductiewijzer_{name}{{\w+="{label}"}} (.*)$', metrics.text().decode(), re.M
    )
    assert found is not None
    return float(found[1])


def report(conversation: Conversation) -> bytes:
    return b"%PDF-"


@pytest.mark.parametrize(
    ("address", "turns"),
    [
        ("/", 1),
        ("/zelfcheck/publieke_waarde", 1),
        ("/uitkomst" + OUTCOME, 1),
        ("/uitkomst.pdf" + OUTCOME, 1),
        ("/vragen", 1),
        ("/privacy", 1),
        ("/weer", 0),
        ("/metrics", 0),
        ("/static/weer.css", 0),
        *((address, 0) for address in FILES),
    ],
)
def test_what_belongs_to_the_conversation_is_a_turn(flow: Flow, address: str, turns: int) -> None:
    metrics = Metrics()
    with Client(composed(flow, report, metrics)) as client:
        client.get(address)

    assert counted(metrics, "turns_total", "web") == turns
    assert counted(metrics, "turn_duration_seconds_count", "web") == turns
    assert counted(metrics, "errors_total", "page") == 0


def test_an_answer_is_one_too_and_so_is_where_it_leads(flow: Flow) -> None:
    metrics = Metrics()
    with Client(composed(flow, None, metrics)) as client:
        sent = client.post("/zelfcheck/publieke_waarde", {"antwoord": "ja"})
        client.get(sent.headers["location"])

    assert counted(metrics, "turns_total", "web") == 2


def test_a_page_that_fails_is_counted_as_that(flow: Flow) -> None:
    metrics = Metrics()
    with Client(composed(flow, failing, metrics)) as client:
        assert client.get("/uitkomst.pdf" + OUTCOME).status_code == 500

    assert counted(metrics, "errors_total", "page") == 1
    assert counted(metrics, "turns_total", "web") == 0
