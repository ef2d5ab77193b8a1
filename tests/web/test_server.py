"""The real server, over TCP and as a process: what only shows on the line, and in the log."""

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from bot.web import run
from bot.web.run import listen
from dialogues.flow import Flow
from tests.cli.conftest import COMMAND, environment
from tests.web.server import WebServer
from tests.web.test_headers import SECURITY
from tests.web.test_http import FILES, PAGES

SECRET = "mijnbuurvrouw"
GET = b"GET /gezond HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.fixture(scope="module")
def server(flow: Flow) -> Iterator[WebServer]:
    with WebServer(flow) as server:
        yield server


def exchange(server: WebServer, request: bytes) -> bytes:
    """All that comes back when this is sent and nothing more."""
    with socket.create_connection(("127.0.0.1", httpx.URL(server.url).port or 0)) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize("address", [*PAGES, *FILES, "/weer", "/privacy/"])
def test_head_sends_no_body(server: WebServer, address: str) -> None:
    request = f"HEAD {address} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    head = exchange(server, request.encode())
    whole = exchange(server, request.replace("HEAD", "GET", 1).encode())

    lines, _, body = head.partition(b"\r\n\r\n")
    assert body == b""
    assert _without_date(lines) == _without_date(whole.partition(b"\r\n\r\n")[0])


def _without_date(head: bytes) -> list[bytes]:
    return [line for line in head.split(b"\r\n") if not line.lower().startswith(b"date:")]


@pytest.mark.parametrize(
    "target",
    [
        b"//evil.example/",
        b"http://evil.example/",
        b"*",
        b"/../../etc/passwd",
        b"/%2e%2e/%2e%2e/etc/passwd",
        b"/static/..%2f..%2fapp.py",
        b"/%ff%fe",
        b"/%",
        b"/?%",
        b"/zelfcheck/%0d%0aLocation:%20https://evil.example",
        b"/?x=" + b"%ff" * 500,
        b"/?x=" + b"y" * 20_000,
        b"/" + b"a/" * 5000,
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"POST", b"OPTIONS"])
def test_any_target_gets_a_clean_answer(server: WebServer, method: bytes, target: bytes) -> None:
    answer = exchange(
        server,
        method + b" " + target + b" HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    )
    status = int(answer[9:12])

    assert status in (200, 303, 400, 404, 405, 414, 422)
    assert b"root:" not in answer
    assert b"\r\nlocation: //" not in answer.lower()
    assert b"\r\nlocation: http" not in answer.lower()


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"Host: a\r\nHost: b\r\n",
        b"Host: a\r\nContent-Length: x\r\n",
        b"Host: a\r\nContent-Length: -1\r\n",
        b"Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        b"Host: a\r\nX: " + b"x" * 70_000 + b"\r\n",
        b"Host: a\r\n" + b"X: x\r\n" * 5000,
        b"Host: a\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n",
        b"Host: \xff\r\n",
        b"Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
        b"Host: a\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n",
        b"no colon\r\n",
    ],
)
def test_a_strange_head_is_no_error_of_ours(server: WebServer, head: bytes) -> None:
    for method in (b"GET", b"POST"):
        answer = exchange(server, method + b" / HTTP/1.1\r\n" + head + b"\r\n0\r\n\r\n")
        # When all has been said and it makes no sense, the line may also be closed in silence.
        assert answer == b"" or int(answer[9:12]) in (200, 303, 400, 405, 413, 422), answer[:200]

    assert httpx.get(f"{server.url}/gezond").status_code == 200


def test_who_hangs_up_halfway_leaves_no_trace(
    server: WebServer, caplog: pytest.LogCaptureFixture
) -> None:
    half = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nvraag"

    assert exchange(server, half) == b""
    assert httpx.get(f"{server.url}/gezond").status_code == 200
    assert caplog.text == ""


@pytest.mark.parametrize("half", [b"", b"GET / HTTP/1.1\r\nHost: a\r\n", GET + GET[:20]])
def test_who_keeps_a_line_without_a_request_loses_it(
    flow: Flow, monkeypatch: pytest.MonkeyPatch, half: bytes
) -> None:
    monkeypatch.setattr(run, "_PATIENCE", 0.2)
    with (
        WebServer(flow) as server,
        socket.create_connection(("127.0.0.1", httpx.URL(server.url).port or 0)) as line,
    ):
        line.sendall(half)
        answered = b"".join(iter(lambda: line.recv(65536), b""))

    assert answered.count(b"200 OK") == half.count(GET)


def test_what_is_written_is_sent_at_once() -> None:
    """Without this every page but the first waits 40 ms until the other side has acknowledged."""
    with (
        listen("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as line,
    ):
        assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_many_requests_on_one_line_are_answered_in_order(server: WebServer) -> None:
    with httpx.Client(base_url=server.url) as client:
        for address in PAGES:
            answer = client.get(address)

            assert answer.status_code == 200
            assert {name: answer.headers[name] for name in SECURITY} == SECURITY
            assert "server" not in answer.headers
            assert "set-cookie" not in answer.headers


@contextmanager
def process(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The command as an operator starts it, and the address that it says it has."""
    started = subprocess.Popen(
        [*COMMAND, "web", "--port", "0", *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert started.stdout is not None
    try:
        said = re.search(r"http://[^\s>]+", started.stdout.readline())
        assert said is not None
        yield started, said[0].rstrip("/.")
    finally:
        started.kill()
        started.wait()
        started.stdout.close()


def test_no_answer_and_nothing_typed_comes_into_the_log() -> None:
    with process("--log-level", "DEBUG") as (started, url):
        with httpx.Client(base_url=url, follow_redirects=True) as client:
            assert client.get("/uitkomst?publieke_waarde=nee").status_code == 200
            assert client.get(f"/zelfcheck?{SECRET}=ja").status_code == 200
            assert client.get(f"/{SECRET}").status_code == 404
            assert client.post("/", data={"vraag": SECRET}).status_code == 422
            assert client.post("/", content=SECRET * 900).status_code == 413
            assert client.post("/zelfcheck", data={"antwoord": "nee"}).status_code == 200
            assert client.request("DELETE", f"/?x={SECRET}").status_code == 405
        started.send_signal(signal.SIGTERM)
        log, _ = started.communicate(timeout=30)

    assert started.returncode == 0
    assert SECRET not in log
    assert "publieke_waarde" not in log
    assert "Traceback" not in log


def test_a_request_in_hand_is_answered_before_the_end() -> None:
    body = b"vraag=coproductie"
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
    with process() as (started, url):
        port = httpx.URL(url).port or 0
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(head)
            # Answered on another line, so ours has been read as well.
            assert httpx.get(f"{url}/gezond").status_code == 200
            started.send_signal(signal.SIGTERM)
            line.sendall(body)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        status = started.wait(30)

    assert answer.startswith(b"HTTP/1.1 303 ")
    assert status == 0
