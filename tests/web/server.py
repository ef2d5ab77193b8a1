"""The pages on a real server, in a thread of their own, for tests that ask for them over HTTP."""

import asyncio
from threading import Thread
from types import TracebackType
from typing import Any, Self

from bot.counts.counter import Counter
from bot.report.document import maker
from bot.web.run import listen, serve
from dialogues.flow import Flow
from tests.web.campaigns import CAMPAIGNS
from tests.web.client import composed, report_words

# With all that an operator can add to the pages.
_SETTINGS = {
    "operator": "Gemeente Voorbeeld",
    "contact": "mailto:wijzer@voorbeeld.nl",
    "telegram_name": "voorbeeld_bot",
    "frame_ancestors": ("http://localhost:*",),
}


class WebServer:
    """Listens on a free port from entry to exit. ``settings``: fields of ``WebSettings``."""

    def __init__(
        self,
        flow: Flow,
        counter: Counter | None = None,
        **settings: Any,  # noqa: ANN401 replace() checks the names
    ) -> None:
        report = maker(flow, report_words(), "")
        self._app = composed(flow, report, None, CAMPAIGNS, counter, **_SETTINGS | settings)

    def __enter__(self) -> Self:
        # Connections wait in the backlog of the listener until the thread takes them.
        self._listener = listen("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(serve(self._app, self._listener, self._stopping))
