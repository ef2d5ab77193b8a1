"""What holds for every answer, also for one that went wrong: headers, limits, no leaking error."""

import logging
from collections.abc import Mapping, Sequence

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.log import describe
from bot.metrics import Metrics
from bot.settings import WebSettings

EMBEDDED = "/insluiten"
Headers = Sequence[tuple[bytes, bytes]]

_log = logging.getLogger(__name__)


def security_headers(settings: WebSettings, *, framed: bool = False) -> dict[str, str]:
    """The headers that internet.nl asks for. Only what is ``framed`` may be shown in a frame, by
    the sites of the settings.
    """
    ancestors = " ".join(settings.frame_ancestors) if framed else "'none'"
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
    if not framed:
        # It cannot name a site, so what is framed goes without it.
        headers["X-Frame-Options"] = "DENY"
    if settings.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if framed or not settings.indexed:
        headers["X-Robots-Tag"] = "noindex"
    return headers


class Guard:
    """Stands around the whole application: middleware would miss the answer to an error of it.

    ``framed``: the pages that other sites may show in a frame; None if no site may. ``beside``: by
    path, what programs ask for and no browser shows. It has no use for the headers.
    """

    def __init__(
        self,
        app: ASGIApp,
        framed: ASGIApp | None,
        beside: Mapping[str, ASGIApp],
        settings: WebSettings,
        metrics: Metrics,
    ) -> None:
        self._app = app
        self._framed = framed
        self._beside = beside
        self._headers = _encoded(security_headers(settings))
        self._framed_headers = _encoded(security_headers(settings, framed=True))
        self._prefix = settings.prefix
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Some proxies leave the path below which we stand in the address, others take it off.
        scope = _below(self._prefix, scope) or scope
        try:
            if beside := self._beside.get(scope["path"]):
                await beside(scope, receive, send)
            elif self._framed and (inside := _below(EMBEDDED, scope)):
                await self._framed(inside, receive, _with_headers(self._framed_headers, send))
            else:
                await self._app(scope, receive, _with_headers(self._headers, send))
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 its message could quote a person
            # Starlette has answered with the page for errors already, and raises once more.
            _log.error("a page could not be made: %s", describe(error))
            self._metrics.failed("page")


def _encoded(headers: Mapping[str, str]) -> Headers:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _with_headers(headers: Headers, send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name for name, _ in message["headers"]}
            added = (header for header in headers if header[0] not in present)
            message["headers"] = [*message["headers"], *added]
        await send(message)

    return send_with_headers


def _below(folder: str, scope: Scope) -> Scope | None:
    """The request as seen from a path; None when it is for another."""
    path: str = scope["path"]
    if not folder or not f"{path}/".startswith(f"{folder}/"):
        return None
    return {**scope, "path": path.removeprefix(folder) or "/"}
