"""A server that sends prepared bytes, for what the emulated Bot API never says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


def http_answer(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """Write a complete answer; `headers` come on top of the length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class RawServer:
    """`requests` are heads with bodies, as they came in. `origin` is the address without a path."""

    origin: str
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def raw_server(
    *answers: bytes, hang_up: bool = False, port: int = 0
) -> AsyncIterator[RawServer]:
    """Answer request after request; the last answer is for all that follow.

    `hang_up` ends the connection after each answer; port 0 takes a free one.
    """
    open_ones: set[asyncio.StreamWriter] = set()

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        open_ones.add(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                _, _, length = head.lower().partition(b"content-length:")
                body = await reader.readexactly(int(length.split()[0]) if length else 0)
                server.requests.append(head + body)
                writer.write(answers[min(len(server.requests), len(answers)) - 1])
                await writer.drain()
                if hang_up:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(on_connection, "127.0.0.1", port)
    server = RawServer(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
    async with listening:
        try:
            yield server
        finally:
            for writer in open_ones:
                writer.close()
