"""The same conversations in every channel: that is the contract of the channels."""

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Page

from dialogues.flow import Flow
from tests.botapi.server import BotApiServer
from tests.cli.conftest import Run
from tests.conversations import channels
from tests.conversations.tables import TABLES, Table
from tests.telegram.judge import judge
from tests.telegram.process import BotProcess
from tests.web.browser import Chromium
from tests.web.server import WebServer

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@pytest.fixture(scope="module")
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        with BotProcess(server) as bot:
            yield server
            assert bot.terminate() == 0
        judge(server)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with Chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def page(flow: Flow, chromium: Chromium) -> Iterator[Page]:
    """One for all conversations: a page of its own costs more than most of them, and none keeps
    anything that the next could meet.
    """
    with WebServer(flow) as server:
        opened = chromium.page(server.url, java_script_enabled=False)
        yield chromium.inside(opened.__enter__)()
        chromium.inside(opened.__exit__)(None, None, None)


@every_table
def test_core(flow: Flow, table: Table) -> None:
    table.check(partial(channels.core, flow))


@every_table
def test_terminal(run: Run, table: Table) -> None:
    table.check(partial(channels.terminal, run))


@every_table
def test_telegram_typed(flow: Flow, table: Table) -> None:
    table.check(partial(channels.telegram_typed, flow))


@every_table
def test_telegram_tapped(flow: Flow, table: Table) -> None:
    table.check(partial(channels.telegram_tapped, flow))


@every_table
def test_telegram_over_http(server: BotApiServer, table: Table) -> None:
    table.check(partial(channels.telegram_http, server))


@every_table
def test_web(chromium: Chromium, page: Page, table: Table) -> None:
    table.check(partial(channels.web, chromium, page))


def test_the_tables_reach_every_outcome(flow: Flow) -> None:
    expected = {outcome.sentence for outcome in flow.content.outcomes.values()}
    pieces = {piece for table in TABLES for step in table.steps for piece in step.contains}

    assert expected <= pieces
