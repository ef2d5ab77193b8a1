"""How the server ends: whoever came before it closed is answered, whoever comes later goes on."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.metrics import CONTENT_TYPE, Metrics
from bot.readiness import Readiness
from bot.web import forms, management, run
from bot.web.run import listen, serve
from dialogues.flow import Flow
from tests.web.client import composed
from tests.web.processes import Pages, ask, free_port, status, until

GET = b"GET /gezond HTTP/1.1\r\nHost: a\r\n\r\n"


class Line:
    """A connection, of which the test decides when something is sent."""

    def __init__(self, listener: socket.socket) -> None:
        self._socket = socket.create_connection(listener.getsockname())
        self._socket.setblocking(False)

    async def send(self, request: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._socket, request)

    async def answer(self) -> bytes:
        """One answer, without waiting for the end of the line."""
        got = b""
        while not got.endswith(b"\r\n\r\nok\n"):
            part = await asyncio.get_running_loop().sock_recv(self._socket, 65536)
            if not part:
                break
            got += part
        return got

    async def rest(self) -> bytes:
        """All that comes until the other side closes the line, which the test then does too."""
        got = b""
        while part := await asyncio.get_running_loop().sock_recv(self._socket, 65536):
            got += part
        self._socket.close()
        return got


class Serving:
    """The pages, with the two moments at which they are told to end."""

    def __init__(self, flow: Flow) -> None:
        self.listener = listen("127.0.0.1", 0)
        self.address = self.listener.getsockname()
        self.stopping, self.closing = asyncio.Event(), asyncio.Event()
        self.task = asyncio.create_task(
            serve(composed(flow), self.listener, self.stopping, self.closing)
        )

    def line(self) -> Line:
        return Line(self.listener)

    def close(self) -> None:
        self.stopping.set()
        self.closing.set()

    async def closed(self) -> None:
        """Wait until nobody is let in any more."""
        while self.listener.fileno() != -1:
            await asyncio.sleep(0)


@asynccontextmanager
async def serving(flow: Flow) -> AsyncIterator[Serving]:
    server = Serving(flow)
    line = server.line()
    await line.send(GET.replace(b"Host", b"Connection: close\r\nHost"))
    assert (await line.rest()).startswith(b"HTTP/1.1 200 ")
    try:
        yield server
    finally:
        server.close()
        await server.task


async def test_once_told_every_answer_is_the_last_on_its_line(flow: Flow) -> None:
    async with serving(flow) as server:
        known = server.line()
        await known.send(GET)
        before = after = await known.answer()
        server.stopping.set()
        for _ in range(100):
            if b"connection: close" in after:
                break
            await known.send(GET)
            after = await known.answer()
        assert await known.rest() == b""
        ended, _ = await asyncio.wait({server.task}, timeout=0.5)
        newcomer = server.line()
        await newcomer.send(GET)
        new = await newcomer.rest()

    assert not ended
    assert b"connection: close" not in before
    assert after.startswith(b"HTTP/1.1 200 OK")
    assert new.startswith(b"HTTP/1.1 200 OK")
    assert new.count(b"connection: close") == 1


async def test_who_waits_at_the_door_is_let_in_before_it_closes(flow: Flow) -> None:
    async with serving(flow) as server:
        # From here on the loop does not come round to the door, as when it is busy.
        asyncio.get_running_loop().remove_reader(server.listener)
        waiting = [server.line() for _ in range(50)]
        for line in waiting:
            await line.send(GET)
        server.close()
        answers = [await line.rest() for line in waiting]

    assert [answer[:15] for answer in answers] == [b"HTTP/1.1 200 OK"] * 50


async def test_who_is_inside_can_still_say_it(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has been sent may be on its way when the door closes; closing the line would cut it."""
    monkeypatch.setattr(run, "_LAST_WORDS", 5.0)
    async with serving(flow) as server:
        silent, known = server.line(), server.line()
        await known.send(GET)
        await known.answer()
        server.close()
        await server.closed()
        for line in (silent, known):
            await line.send(GET)
        answers = [await line.rest() for line in (silent, known)]

    assert [answer[:15] for answer in answers] == [b"HTTP/1.1 200 OK"] * 2


async def test_who_has_begun_is_heard_out(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_LAST_WORDS", 0.01)
    async with serving(flow) as server:
        half, silent = server.line(), server.line()
        await half.send(GET[:20])
        # Answered on another line that came later, so what was sent on ours is there as well.
        await silent.send(GET)
        await silent.answer()
        server.close()
        # When this one, on which nothing was sent, has been closed, ours could have been too.
        assert await silent.rest() == b""
        await half.send(GET[20:])
        answer = await half.rest()

    assert answer.startswith(b"HTTP/1.1 200 OK")


async def test_who_has_nothing_to_say_does_not_hold_it_up(
    flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "LAST_REQUESTS", 1000)
    monkeypatch.setattr(run, "_PATIENCE", 1000)
    async with serving(flow) as server:
        inside = server.line()
        await inside.send(GET)
        await inside.answer()
        asyncio.get_running_loop().remove_reader(server.listener)
        at_the_door = server.line()
        server.close()
        await server.task

        assert await inside.rest() == await at_the_door.rest() == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(server.address)


async def test_nor_does_who_comes_in_at_the_very_last_moment(
    flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "LAST_REQUESTS", 1000)
    monkeypatch.setattr(run, "_PATIENCE", 1000)
    async with serving(flow) as server:
        server.close()
        for _ in range(10):
            await asyncio.sleep(0)  # the server hears of it
        late = server.line()
        # The loop is held up until the server looks whether to end: it does so right after this.
        time.sleep(0.2)
        await server.task

        assert await late.rest() == b""


async def test_it_does_not_wait_for_ever(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "LAST_REQUESTS", 0.1)
    monkeypatch.setattr(forms, "_PATIENCE", 1000)
    async with serving(flow) as server:
        slow = server.line()
        await slow.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nvraag")
        server.close()
        await server.task
        slow._socket.close()


async def test_the_figures_are_shown_until_that_is_cancelled() -> None:
    listener = listen("127.0.0.1", 0)
    app = management.application(Metrics(), Readiness("telegram"))
    showing = asyncio.create_task(management.serve(app, listener))
    line = Line(listener)
    await line.send(GET)
    assert (await line.answer()).startswith(b"HTTP/1.1 200 OK")
    showing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await showing

    assert await line.rest() == b""
    assert listener.fileno() == -1


def test_a_process_goes_on_serving_until_a_proxy_can_have_noticed(tmp_path: Path) -> None:
    with Pages(tmp_path / "log") as pages:
        until(lambda: status(f"{pages.url}/klaar") == 200)
        pages.tell(signal.SIGTERM)
        until(lambda: status(f"{pages.url}/klaar") == 503)
        said = ask(f"{pages.url}/klaar")
        answers = [status(f"{pages.url}{address}") for address in ("/", "/gezond")]

        assert pages.ended() == 0
    assert said == (503, "text/plain; charset=utf-8", "web ok\nstopping\n")
    assert answers == [200, 200]


def test_at_the_keyboard_it_ends_without_that(tmp_path: Path) -> None:
    with Pages(tmp_path / "log") as pages:
        until(lambda: status(f"{pages.url}/klaar") == 200)
        pages.tell(signal.SIGTERM)
        until(lambda: status(f"{pages.url}/klaar") == 503)
        pages.tell(signal.SIGINT)

        assert pages.ended() == 0
        assert "Traceback" not in pages.log


def test_the_figures_are_there_until_the_end_and_not_for_the_public(tmp_path: Path) -> None:
    port = free_port()
    with Pages(tmp_path / "log", COPRO_METRICS_PORT=str(port)) as pages:
        figures = f"http://127.0.0.1:{port}"
        until(lambda: status(f"{figures}/klaar") == 200)
        pages_seen = [status(pages.url + address) for address in ("/", "/privacy")]
        public = status(f"{pages.url}/metrics")
        _, kind, text = ask(f"{figures}/metrics")
        pages.tell(signal.SIGTERM)
        until(lambda: status(f"{figures}/klaar") == 503)
        ending = [status(f"{figures}{address}") for address in ("/metrics", "/gezond", "/privacy")]

        assert pages.ended() == 0
    assert pages_seen == [200, 200]
    assert public == 404
    assert kind == CONTENT_TYPE
    assert 'coproductiewijzer_turns_total{channel="web"} 2.0' in text
    assert ending == [200, 200, 404]
