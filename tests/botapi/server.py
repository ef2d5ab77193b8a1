"""The emulated Bot API over real HTTP on 127.0.0.1, in a thread with its own event loop."""

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.responses import Response as HttpResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.botapi.api import DEFAULT_TOKEN, BotApi, Ending, Response
from tests.botapi.parameters import read_body
from tests.botapi.webhook import DEFAULT_PACE, Pace, Posted, WebhookDelivery

# Closing a socket with this option sends a reset instead of a tidy end.
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_KEEP_ALIVE_SECONDS = 60


class BotApiServer(BotApi):
    """A Bot API that real bots can reach: `with BotApiServer() as server: ... server.url`.

    Give the bot `base_url=f"{server.url}/bot"` and `base_file_url=f"{server.url}/file/bot"`.
    `webhook_targets` says where the webhook at a public origin is reached here, as
    `{"https://bot.example": ["http://127.0.0.1:1234"]}`; it can be changed while it runs.
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        query_lifetime: float = 60.0,
        webhook_targets: dict[str, list[str]] | None = None,
        webhook_pace: Pace = DEFAULT_PACE,
    ) -> None:
        super().__init__(token, query_lifetime=query_lifetime)
        self.webhook_targets = {} if webhook_targets is None else webhook_targets
        self._delivery = WebhookDelivery(self, self.webhook_targets, webhook_pace)
        # Listening from the start lets a bot connect before the thread has come up.
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        app = Starlette(
            routes=[Route("/bot{token}/{method}", self._call, methods=["GET", "POST"])],
            exception_handlers={404: _not_found, 405: _not_found},
        )
        config = uvicorn.Config(
            app,
            http=_CuttableProtocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        )
        self._server = _PromptServer(config, self._delivery)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="botapi", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
        self._server.should_exit = True
        self._thread.join()

    @property
    def posted(self) -> list[Posted]:
        """Every try to deliver an update to the webhook, in the order in which they ended."""
        return list(self._delivery.posted)

    async def _call(self, request: Request) -> HttpResponse:
        try:
            body = read_body(request.headers.get("content-type", ""), await request.body())
        except ValueError as error:
            reason = f"Bad Request: can't parse request: {error}"
            refusal = {"ok": False, "error_code": 400, "description": reason}
            return JSONResponse(refusal, status_code=400)
        work = self.respond(
            request.path_params["token"],
            request.path_params["method"],
            dict(request.query_params) | body,
        )
        response = await _unless_gone(request, work)
        if response is None:
            return HttpResponse()
        if response.ending is Ending.COMPLETE:
            return HttpResponse(response.body, response.status, media_type=response.content_type)
        return _CutResponse(response)


class _PromptServer(uvicorn.Server):
    """Looks more often whether to leave: many tests start and stop a server."""

    def __init__(self, config: uvicorn.Config, delivery: WebhookDelivery) -> None:
        super().__init__(config)
        self._delivery = delivery

    async def main_loop(self) -> None:
        delivering = asyncio.create_task(self._delivery.run())
        while not self.should_exit:
            await asyncio.sleep(0.01)
        delivering.cancel()
        with suppress(asyncio.CancelledError):
            await delivering


class _CuttableProtocol(H11Protocol):
    """A connection that a request can cut."""

    def connection_made(  # type: ignore[override]  # uvicorn narrows the base class too
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _CutResponse(HttpResponse):
    """Ends the connection in the middle of the answer, or before it."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.body, response.status or 200)
        self._ending = response.ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport: asyncio.Transport = scope["state"]["transport"]
        if self._ending is Ending.HALF:
            half = bytes(self.body)[: len(self.body) // 2]
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
            )
            await send({"type": "http.response.body", "body": half, "more_body": True})
            transport.close()
        else:
            connection: socket.socket = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


async def _unless_gone(request: Request, work: Coroutine[None, None, Response]) -> Response | None:
    # A killed bot leaves its long poll behind; kept alive, it would end the next bot's poll.
    gone = asyncio.create_task(_gone(request))
    answering = asyncio.create_task(work)
    await asyncio.wait({answering, gone}, return_when=asyncio.FIRST_COMPLETED)
    done = answering.done()
    gone.cancel()
    answering.cancel()
    await asyncio.gather(answering, gone, return_exceptions=True)
    return answering.result() if done else None


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _not_found(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse(
        {"ok": False, "error_code": 404, "description": "Not Found"}, status_code=404
    )
