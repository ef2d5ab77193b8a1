"""A server and a browser for all tests of a worker."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Page

from dialogues.flow import Flow
from tests.web.browser import Chromium
from tests.web.server import WebServer

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def server(flow: Flow) -> Iterator[WebServer]:
    with WebServer(flow) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    with Chromium() as chromium:
        yield chromium


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    """What uses the browser may run in one thread only."""
    chromium = pyfuncitem.funcargs.get("chromium")
    if isinstance(chromium, Chromium):
        pyfuncitem.obj = chromium.inside(pyfuncitem.obj)


@pytest.fixture
def open_page(chromium: Chromium, server: WebServer) -> Iterator[OpenPage]:
    """A function that opens a page for one more person; its options are those of a context."""
    with ExitStack() as people:

        def opened(**options: Any) -> Page:  # noqa: ANN401 those of a context
            return people.enter_context(chromium.page(server.url, **options))

        yield opened
        chromium.inside(people.close)()
