"""Serves the pages until it is told to stop, and cuts nobody off then."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

LAST_REQUESTS = 6  # seconds for what is in hand at the end
_LAST_WORDS = 0.3  # seconds for what has arrived on an idle line but has not been read
_LARGEST_HEAD = 16_384  # bytes of request line and headers
_PATIENCE = 10.0  # seconds for the next request to arrive
_CLOSE = (b"connection", b"close")


class _Polite(H11Protocol):
    """Hangs up on who sends no whole request: uvicorn waits for ever, and files are limited.

    Yet at the end, where uvicorn closes an idle line at once, it first reads what was sent already.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # so does uvicorn
        super().connection_made(transport)
        self._look_again(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._look.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        if self._in_hand:
            super().shutdown()
        else:
            self.loop.call_later(_LAST_WORDS, self._end)

    def _end(self) -> None:
        if self.transport.is_closing():
            return
        if self._half_a_request:
            self.shutdown()
        else:
            super().shutdown()

    @property
    def _half_a_request(self) -> bool:
        return not self._in_hand and bool(self.conn.trailing_data[0])

    @property
    def _in_hand(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _look_again(self, last: object) -> None:
        self._look = self.loop.call_later(_PATIENCE, self._hang_up, last)

    def _hang_up(self, last: object) -> None:
        if self._in_hand or self.cycle is not last:
            self._look_again(self.cycle)
        else:
            self.transport.close()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are for the whole process, in which more than this server may run."""
        yield

    def last_answers(self) -> None:
        """From now on each answer says that it is the last on its line."""
        self.config.encoded_headers.append(_CLOSE)
        self.server_state.default_headers = [*self.server_state.default_headers, _CLOSE]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, but whoever waits at the door is let in first; closing would cut them."""
        loop = asyncio.get_running_loop()
        listeners = sockets or []
        for listener in listeners:
            loop.remove_reader(listener)
        # Who came in just now becomes one of those that uvicorn tells that it ends.
        await asyncio.sleep(0)
        waiting = [line for listener in listeners for line in _waiting(listener)]
        letting_in = [asyncio.create_task(self._let_in(line)) for line in waiting]
        # It closes the listeners before it first waits, so nobody comes to the door in between.
        await super().shutdown(sockets)
        await asyncio.gather(*letting_in)

    async def _let_in(self, line: socket.socket) -> None:
        def protocol() -> _Polite:
            return _Polite(self.config, self.server_state, {})

        _, made = await asyncio.get_running_loop().connect_accepted_socket(protocol, line)
        made.shutdown()


def _waiting(listener: socket.socket) -> Sequence[socket.socket]:
    lines = []
    while True:
        try:
            lines.append(listener.accept()[0])
        except ConnectionAbortedError:  # has left again
            continue
        except OSError:  # nobody any more, or more than a process may have
            return lines


def listen(host: str, port: int) -> socket.socket:
    """Raises OSError when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=1024)
    # asyncio does this for its own sockets alone; without it a page waits 40 ms for an ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


async def serve(
    app: ASGIApp,
    listener: socket.socket,
    stopping: asyncio.Event,
    closing: asyncio.Event | None = None,
) -> None:
    """Answer requests until ``closing``, and then those that came before it.

    From ``stopping`` on, every answer is the last on its line, so that others can be turned to.
    Without ``closing`` the first moment is the second as well.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="error",  # a stranger could fill the log with warnings
        access_log=False,  # it would write the answers, which stand in the query
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        http=_Polite,
        ws="none",
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        timeout_graceful_shutdown=LAST_REQUESTS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await _unless_ended(serving, stopping)
    if not serving.done():
        server.last_answers()
        await _unless_ended(serving, closing or stopping)
    server.should_exit = True
    await serving


async def _unless_ended(serving: "asyncio.Task[None]", event: asyncio.Event) -> None:
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
