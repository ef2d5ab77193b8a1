"""`chat` as a person and as a script meet it: a pipe, a terminal, and everything in between."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.program import ROOT, run


def test_a_pipe_ends_politely() -> None:
    done = run("chat", typed="zelfcheck\nja\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Uw keuze: zelfcheck" in done.stdout
    assert "Vraag 2 van hooguit 8" in done.stdout
    assert done.stdout.rstrip().endswith("Tot ziens. Uw antwoorden zijn niet opgeslagen.")
    assert "\x1b" not in done.stdout


def test_stop_ends_it_and_offers_nothing_more() -> None:
    done = run("chat", typed="stop\nja\n")

    assert done.returncode == 0
    assert done.stdout.rstrip().endswith("U bent gestopt. Uw antwoorden zijn niet opgeslagen.")


def test_any_bytes_are_survived() -> None:
    done = run("chat", typed=b"zelfcheck\n\xff\xfe\x00\x1b[31m\n" + b"a" * 100_000 + b"\nja\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Vraag 2 van hooguit 8" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_terminal_is_survived(encoding: str) -> None:
    done = run("ask", "cocreatie", PYTHONIOENCODING=encoding, LC_ALL="C")

    assert done.returncode == 0
    assert "samenwerken" in done.stdout


@pytest.mark.parametrize("shell", ["| head -1", ">/dev/full", ">&-", "<&-", "2>&- </dev/null"])
def test_no_stream_that_fails_gives_a_traceback(shell: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m bot chat {shell}"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("columns", ["1", "30", "60", "500"])
def test_lines_have_a_readable_width(columns: str) -> None:
    done = run("chat", typed="2\nhelp\n", COLUMNS=columns)

    longest = max(len(line) for line in done.stdout.splitlines() if "https://" not in line)
    assert longest <= max(24, min(int(columns), 76))


class Terminal:
    """A person at a real terminal."""

    def __init__(self, master: int, process: "subprocess.Popen[bytes]") -> None:
        self._master = master
        self.process = process
        self.seen = ""

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + 20
        while text not in self.seen:
            assert time.monotonic() < deadline, self.seen
            if select.select([self._master], [], [], 0.1)[0]:
                self.seen += os.read(self._master, 65536).decode()

    def type(self, keys: str) -> None:
        self.seen = ""
        os.write(self._master, keys.encode())


@contextmanager
def terminal(**environment: str) -> Iterator[Terminal]:
    master, slave = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        cwd=ROOT,
        env={**kept, "TERM": "xterm", **environment},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        preexec_fn=os.setsid,
    )
    os.close(slave)
    try:
        yield Terminal(master, process)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_a_terminal_has_bold_headings_and_a_prompt() -> None:
    with terminal() as person:
        person.wait_for("Uw keuze: ")
        assert "\x1b[1mCoproductiewijzer" in person.seen
        person.type("zelfcheck\n")
        person.wait_for("Weet ik niet")
        person.type("stop\n")
        person.wait_for("U bent gestopt")
        assert person.process.wait(10) == 0


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_refused(variable: dict[str, str]) -> None:
    with terminal(**variable) as person:
        person.wait_for("Uw keuze: ")
        assert "\x1b[1m" not in person.seen


def test_ctrl_d_ends_politely() -> None:
    with terminal() as person:
        person.wait_for("Uw keuze: ")
        person.type("\x04")
        person.wait_for("Tot ziens.")
        assert person.process.wait(10) == 0


def test_ctrl_c_ends_politely() -> None:
    with terminal() as person:
        person.wait_for("Uw keuze: ")
        os.killpg(person.process.pid, signal.SIGINT)
        person.wait_for("Tot ziens.")
        assert person.process.wait(10) == 0
        assert not re.search("Traceback|KeyboardInterrupt", person.seen)


def test_it_does_not_load_what_a_chat_does_not_need() -> None:
    code = "import sys; from bot.cli import main; main(['chat']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded.isdisjoint({"telegram", "httpx", "asyncio", "importlib.metadata", "json"})
