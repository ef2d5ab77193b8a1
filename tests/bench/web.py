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

from tests.bench.tables import Target, show
from tests.cli.conftest import COMMAND, environment
from tests.core.definition import QUESTIONS

PEOPLE = 8  # at a time, each with a connection that stays open
PAGES = 40  # for each of them in a round
ROUNDS = 7
BARE = (sys.executable, "-m", "tests.bench.bare")
_JA = [f"{question}=ja" for question in QUESTIONS]
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)")


@dataclass(eq=False, slots=True)
class Measured:
    """A page, and of each round the pages per second and the p99 in milliseconds.

    ``size``: bytes, as they were sent.
    """

    name: str
    address: str
    rates: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    size: int = 0

    def forget(self) -> None:
        self.rates.clear()
        self.slowest.clear()


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


async def _person(port: int, page: Measured) -> list[float]:
    """Ask for a page again and again; how long each time took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = (
        f"GET {page.address} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    )
    took = []
    for _ in range(PAGES):
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        assert head.startswith(b"HTTP/1.1 200"), head
        assert length is not None
        page.size = int(length[1])
        await reader.readexactly(page.size)
        took.append(time.perf_counter() - started)
    writer.close()
    await writer.wait_closed()
    return took


async def _round(port: int, page: Measured) -> None:
    started = time.perf_counter()
    took = await asyncio.gather(*(_person(port, page) for _ in range(PEOPLE)))
    page.rates.append(PEOPLE * PAGES / (time.perf_counter() - started))
    page.slowest.append(1e3 * statistics.quantiles(chain.from_iterable(took), n=100)[-1])


async def main() -> None:
    bare = Measured("a bare page with Jinja2", "/")
    question = f"/zelfcheck/{QUESTIONS[4]}?{'&'.join(_JA[:4])}"
    ours = {
        Measured("the start", "/"): None,
        Measured("a question", question): Target(0.6, 0.85),
        Measured("an outcome", f"/uitkomst?{'&'.join(_JA)}"): None,
    }
    with ExitStack() as stack:
        bare_port = stack.enter_context(_server(*BARE))
        our_port = stack.enter_context(_server(*COMMAND, "web", "--port", "0"))
        for number in range(ROUNDS + 1):
            await _round(bare_port, bare)
            for page in ours:
                await _round(our_port, page)
            if number == 0:
                # Loading what is loaded late is no part of a page.
                for page in (bare, *ours):
                    page.forget()
    rows = []
    for page, target in {bare: None, **ours}.items():
        rate, slowest = statistics.median(page.rates), statistics.median(page.slowest)
        ratio = statistics.median(map(float.__truediv__, page.rates, bare.rates))
        judged = target.judge(ratio) if target else ""
        rows.append(
            (page.name, str(page.size), f"{rate:.0f}", f"{slowest:.0f}", f"{ratio:.2f}", judged)
        )
    show(
        f"pages over HTTP, one process, {PEOPLE} people at a time, {ROUNDS} rounds, medians",
        ("", "bytes sent", "pages/s", "p99 ms", "of the bare page", "target"),
        rows,
    )


if __name__ == "__main__":
    asyncio.run(main())
