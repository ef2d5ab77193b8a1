"""A real Chromium, driven by Playwright."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import wraps
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Of itself it would ask for things on the network.
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
_PATIENCE = 10_000  # milliseconds; less than that of pytest, whose message would not say for what
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Chromium:
    """Runs from entry to exit. Its pages may be used only ``inside`` it.

    Playwright leaves an event loop running in its thread, in which no test could run one of its
    own any more; so it gets another thread.
    """

    def __init__(self) -> None:
        self._executable = next(filter(None, map(shutil.which, _NAMES)), None)
        if self._executable is None:
            pytest.skip(f"no browser for the pages: none of {', '.join(_NAMES)} is installed")
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._complaints: list[str] = []

    def __enter__(self) -> Self:
        self._thread.submit(self._start).result()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._thread.submit(self._stop).result()
        self._thread.shutdown()

    def inside(self, work: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        """The same, in the thread of the browser. Raises AssertionError when a page complained."""

        def watched(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            self._complaints.clear()
            result = work(*args, **kwargs)
            assert not self._complaints, self._complaints
            return result

        @wraps(work)
        def there(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            return self._thread.submit(watched, *args, **kwargs).result()

        return there

    @contextmanager
    def page(
        self,
        url: str,
        *others: str,
        **options: Any,  # noqa: ANN401 those of a context
    ) -> Iterator[Page]:
        """A page of somebody without a past, on the server at ``url``, that keeps nothing.

        ``others``: where else something may be asked for.
        """
        context = self._browser.new_context(base_url=url, locale="nl-NL", **options)
        context.set_default_timeout(_PATIENCE)
        self._watch(context, (url, *others))
        try:
            yield context.new_page()
            kept = context.storage_state()
            assert kept == {"cookies": [], "origins": []}, kept
        finally:
            context.close()

    def _watch(self, context: BrowserContext, urls: tuple[str, ...]) -> None:
        def asked(request: Request) -> None:
            if not request.url.startswith(urls):
                self._complaints.append(f"{request.url} is asked for")

        def answered(response: Response) -> None:
            if response.status >= 400 and not response.request.is_navigation_request():
                self._complaints.append(f"{response.url} gives {response.status}")

        def said(message: ConsoleMessage) -> None:
            # It says so of pages as well, for which a status can be the right one.
            if not message.text.startswith("Failed to load resource"):
                self._complaints.append(f"{message.location['url']} says: {message.text}")

        context.on("request", asked)
        context.on("response", answered)
        context.on("console", said)
        context.on("weberror", lambda error: self._complaints.append(str(error.error)))

    def _start(self) -> None:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(
            executable_path=self._executable, args=_FLAGS
        )

    def _stop(self) -> None:
        self._browser.close()
        self._playwright.stop()
