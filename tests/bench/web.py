"""Pages per second of one process, over real HTTP, beside a bare page in the same run."""

import asyncio
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain

from tests.cli.conftest import COMMAND, environment
from tests.core.definition import QUESTIONS

PEOPLE = 8  # at a time, each with a connection that stays open
PAGES = 40  # for each of them in a round
ROUNDS = 7
BARE = (sys.executable, "-m", "tests.bench.bare")
_JA = [f"{question}=ja" for question in QUESTIONS]
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)")


@dataclass(frozen=True, slots=True)
class Measured:
    """A page, and of each round the pages per second and the p99 in milliseconds."""

    name: str
    address: str
    rates: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)


@contextmanager
def _server(*command: str) -> Iterator[int]:
    """The port of a server in a process of its own."""
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        said = re.search(r"http://[^:]+:(\d+)", process.stdout.readline())
        assert said is not None
        yield int(said[1])
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


async def _person(port: int, address: str) -> list[float]:
    """Ask for a page again and again; how long each time took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {address} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    took = []
    for _ in range(PAGES):
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        assert head.startswith(b"HTTP/1.1 200"), head
        assert length is not None
        await reader.readexactly(int(length[1]))
        took.append(time.perf_counter() - started)
    writer.close()
    await writer.wait_closed()
    return took


async def _round(port: int, page: Measured) -> None:
    started = time.perf_counter()
    took = await asyncio.gather(*(_person(port, page.address) for _ in range(PEOPLE)))
    page.rates.append(PEOPLE * PAGES / (time.perf_counter() - started))
    page.slowest.append(1e3 * statistics.quantiles(chain.from_iterable(took), n=100)[-1])


async def main() -> None:
    bare = Measured("a bare Starlette page", "/")
    ours = [
        Measured("the start", "/"),
        Measured("a question", f"/zelfcheck/{QUESTIONS[4]}?{'&'.join(_JA[:4])}"),
        Measured("an outcome", f"/uitkomst?{'&'.join(_JA)}"),
    ]
    with ExitStack() as stack:
        bare_port = stack.enter_context(_server(*BARE))
        our_port = stack.enter_context(_server(*COMMAND, "web", "--port", "0"))
        for _ in range(ROUNDS):
            await _round(bare_port, bare)
            for page in ours:
                await _round(our_port, page)
    print(f"pages over HTTP, one process, {PEOPLE} people at a time, {ROUNDS} rounds, medians")
    base = statistics.median(bare.rates)
    for page in (bare, *ours):
        rate, slowest = statistics.median(page.rates), statistics.median(page.slowest)
        print(
            f"{page.name:<33} {rate:8.0f} pages per second, p99 {slowest:6.1f} ms"
            f" {rate / base:6.2f} of the bare page"
        )
