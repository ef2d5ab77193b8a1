"""HTTP as bytes on sockets: cheap, so that the measuring leaves the machine to what is measured."""

import asyncio
import re
from collections.abc import Callable, Iterator

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"


class Unanswered(ConnectionError):
    """The server hung up before it answered."""


class _Messages:
    """Cuts what comes in into requests or responses: the head, and the body."""

    def __init__(self) -> None:
        self._waiting = b""

    def read(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        self._waiting += data
        while (end := self._waiting.find(_END)) >= 0:
            head = self._waiting[:end]
            length = _LENGTH.search(head)
            until = end + len(_END) + (int(length[1]) if length else 0)
            if len(self._waiting) < until:
                return
            yield head, self._waiting[end + len(_END) : until]
            self._waiting = self._waiting[until:]


class Answering(asyncio.Protocol):
    """One connection of a server. ``answer``: the body for the path and body of a request."""

    def __init__(self, answer: Callable[[str, bytes], bytes], delay: Callable[[], float]) -> None:
        """``delay``: seconds that the answer to this request takes to arrive."""
        self._answer = answer
        self._delay = delay
        self._messages = _Messages()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for head, body in self._messages.read(data):
            answer = self._answer(head.split(b" ", 2)[1].decode(), body)
            length = f"Content-Length: {len(answer)}\r\n\r\n"
            response = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}".encode()
            if delay := self._delay():
                asyncio.get_running_loop().call_later(delay, self._write, response + answer)
            else:
                self._write(response + answer)

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)


class Asking(asyncio.Protocol):
    """One connection of a client, which asks one thing at a time."""

    def __init__(self) -> None:
        self._messages = _Messages()
        self._response: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def post(self, path: str, headers: str, body: bytes) -> asyncio.Future[bytes]:
        """The body of the response, which must be 200. ``headers``: lines that end in CRLF."""
        self._response = asyncio.get_running_loop().create_future()
        head = f"POST {path} HTTP/1.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)
        return self._response

    def data_received(self, data: bytes) -> None:
        for head, body in self._messages.read(data):
            assert self._response is not None
            if head.startswith(b"HTTP/1.1 200"):
                self._response.set_result(body)
            else:
                self._response.set_exception(Unanswered(head.decode()))

    def connection_lost(self, error: Exception | None) -> None:
        if self._response is not None and not self._response.done():
            self._response.set_exception(Unanswered("hung up"))

    def close(self) -> None:
        self._transport.close()
