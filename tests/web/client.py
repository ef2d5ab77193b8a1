"""The application in this process, asked by a real HTTP client; for tests that ask very often."""

import asyncio
from collections.abc import AsyncIterable, Coroutine
from dataclasses import replace
from functools import cache
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

import httpx
from starlette.types import ASGIApp

from bot.campaigns.campaigns import Campaigns
from bot.counts import texts as count_texts
from bot.counts.counter import Counter
from bot.counts.texts import CountTexts
from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.report import texts as report_texts
from bot.report.document import Report
from bot.report.queue import ReportQueue
from bot.report.texts import ReportTexts
from bot.settings import WebSettings
from bot.web import texts as web_texts
from bot.web.app import application
from bot.web.texts import WebTexts
from dialogues.flow import Flow
from dialogues.loader import FOLDER, read_record
from dialogues.problems import Problems
from tests.made_once import understanding_of

HOST = "http://wijzer.test"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Content = bytes | AsyncIterable[bytes]
Result = TypeVar("Result")


@cache
def texts() -> WebTexts:
    read = read_record(WebTexts, FOLDER / web_texts.FILE, Problems())
    assert read is not None
    return read


@cache
def report_words() -> ReportTexts:
    read = read_record(ReportTexts, FOLDER / report_texts.FILE, Problems())
    assert read is not None
    return read


@cache
def count_words() -> CountTexts:
    read = read_record(CountTexts, FOLDER / count_texts.FILE, Problems())
    assert read is not None
    return read


def composed(
    flow: Flow,
    report: Report | None = None,
    metrics: Metrics | None = None,
    campaigns: Campaigns | None = None,
    counter: Counter | None = None,
    /,
    **settings: Any,  # noqa: ANN401 replace() checks the names
) -> ASGIApp:
    """The application as an operator has it; ``settings``: what differs from the defaults."""
    metrics = metrics or Metrics()
    readiness = Readiness("web")
    readiness.tell("web", "ok")
    made = replace(WebSettings(), **settings)
    reports = ReportQueue(report) if report else None
    return application(
        flow,
        understanding_of(flow),
        texts(),
        made,
        report_words(),
        reports,
        metrics,
        readiness,
        campaigns or Campaigns(),
        counter or Counter(None, metrics),
        count_words(),
    )


class Client:
    """Asks one application, on a loop of its own; redirects are not followed."""

    def __init__(self, app: ASGIApp) -> None:
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Something else that belongs to the application, on the same loop."""
        return self._runner.run(work)

    def ask(
        self,
        method: str,
        address: str | httpx.URL,
        content: Content = b"",
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        url = httpx.URL(HOST + address) if isinstance(address, str) else address
        return self._runner.run(self._client.request(method, url, content=content, headers=headers))

    def get(self, address: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.ask("GET", address, headers=headers)

    def post(self, address: str, fields: dict[str, str]) -> httpx.Response:
        """Send a form."""
        return self.ask("POST", address, urlencode(fields).encode(), FORM)
