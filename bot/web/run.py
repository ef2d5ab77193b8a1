"""Serves the pages until it is told to stop."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

_LAST_REQUESTS = 8  # seconds for what is in hand at the end
_LARGEST_HEAD = 16_384  # bytes of request line and headers
_PATIENCE = 10.0  # seconds for the next request to arrive


class _Impatient(H11Protocol):
    """Hangs up on who sends no whole request: uvicorn waits for ever, and files are limited."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # so does uvicorn
        super().connection_made(transport)
        self._look_again(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._look.cancel()
        super().connection_lost(exc)

    def _look_again(self, last: object) -> None:
        self._look = self.loop.call_later(_PATIENCE, self._hang_up, last)

    def _hang_up(self, last: object) -> None:
        in_hand = self.cycle is not None and not self.cycle.response_complete
        if in_hand or self.cycle is not last:
            self._look_again(self.cycle)
        else:
            self.transport.close()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are for the whole process, in which more than this server may run."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """Raises OSError when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=1024)
    # asyncio does this for its own sockets alone; without it a page waits 40 ms for an ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


async def serve(app: ASGIApp, listener: socket.socket, stopping: asyncio.Event) -> None:
    """Answer requests; once told to stop, finish those in hand."""
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="error",  # a stranger could fill the log with warnings
        access_log=False,  # it would write the answers, which stand in the query
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        http=_Impatient,
        ws="none",
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        timeout_graceful_shutdown=_LAST_REQUESTS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    server.should_exit = True
    await serving
