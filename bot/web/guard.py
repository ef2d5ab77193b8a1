"""What holds for every answer, also for one that went wrong: headers, limits, no leaking error."""

import logging
from collections.abc import Mapping

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.log import describe
from bot.metrics import Metrics
from bot.settings import WebSettings

_log = logging.getLogger(__name__)


def security_headers(settings: WebSettings) -> dict[str, str]:
    """The headers that internet.nl asks for; framing only by the sites of the settings."""
    ancestors = " ".join(settings.frame_ancestors) or "'none'"
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if not settings.frame_ancestors:
        headers["X-Frame-Options"] = "DENY"
    if settings.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if not settings.indexed:
        headers["X-Robots-Tag"] = "noindex"
    return headers


class Guard:
    """Stands around the whole application: middleware would miss the answer to an error of it.

    ``beside``: by path, what programs ask for and no browser shows. It has no use for the headers.
    """

    def __init__(
        self,
        app: ASGIApp,
        beside: Mapping[str, ASGIApp],
        headers: Mapping[str, str],
        prefix: str,
        metrics: Metrics,
    ) -> None:
        self._app = app
        self._beside = beside
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self._prefix = prefix
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = self._below(scope)
        try:
            if beside := self._beside.get(scope["path"]):
                await beside(scope, receive, send)
            else:
                await self._app(scope, receive, self._with_headers(send))
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 its message could quote a person
            # Starlette has answered with the page for errors already, and raises once more.
            _log.error("a page could not be made: %s", describe(error))
            self._metrics.failed("page")

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                added = (header for header in self._headers if header[0] not in present)
                message["headers"] = [*message["headers"], *added]
            await send(message)

        return send_with_headers

    def _below(self, scope: Scope) -> Scope:
        """Some proxies leave the path below which we stand in the address, others take it off."""
        path: str = scope["path"]
        if not self._prefix or not f"{path}/".startswith(f"{self._prefix}/"):
            return scope
        return {**scope, "path": path.removeprefix(self._prefix) or "/"}
