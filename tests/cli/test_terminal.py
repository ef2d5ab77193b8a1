"""At a real terminal: bold, the width of the window, and keys that end the conversation."""

import os
import pty
import re
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator
from fcntl import ioctl
from select import select

import pytest

from tests.cli.conftest import COMMAND, environment

CTRL_C, CTRL_D = b"\x03", b"\x04"
PROMPT = "Uw keuze: "
BOLD = re.compile(r"\x1b\[(?:1|0)m")


class Terminal:
    """A conversation in a pseudo-terminal: what a person types, and what stands on the screen."""

    def __init__(self, columns: int, **changes: str) -> None:
        self._process, self._screen = pty.fork()
        if not self._process:
            # readline would add signs of its own around the prompt.
            settings = environment(**{"TERM": "xterm", "INPUTRC": "/dev/null", **changes})
            settings.pop("COLUMNS", None)
            # In the background of a shell Ctrl-C is ignored, and so by what is started there.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execve(COMMAND[0], [*COMMAND, "chat"], settings)  # noqa: S606 our own command
        ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._status: int | None = None

    def press(self, keys: bytes) -> None:
        os.write(self._screen, keys)

    def read(self, until: str = PROMPT, again: bytes = b"") -> str:
        """What appears up to and with a text, or up to the end.

        A key in ``again`` is pressed once more when nothing happens, as a person does: between
        showing its prompt and waiting for a key, readline misses Ctrl-C.
        """
        said = b""
        while until not in said.decode(errors="ignore"):
            if again and not select([self._screen], [], [], 1)[0]:
                self.press(again)
                continue
            try:
                piece = os.read(self._screen, 65536)
            except OSError:  # how Linux says that the other side is gone
                break
            said += piece
        return said.decode().replace("\r\n", "\n")

    def say(self, words: str) -> str:
        self.press(words.encode() + b"\n")
        return self.read()

    def exit_status(self) -> int:
        if self._status is None:
            _, status = os.waitpid(self._process, 0)
            self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def close(self) -> None:
        if self._status is None:
            os.kill(self._process, signal.SIGKILL)
            self.exit_status()
        os.close(self._screen)


Open = Callable[..., Terminal]


@pytest.fixture
def terminal() -> Iterator[Open]:
    opened: list[Terminal] = []

    def start(columns: int = 80, **changes: str) -> Terminal:
        opened.append(Terminal(columns, **changes))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def test_a_conversation_with_bold(terminal: Open) -> None:
    window = terminal()
    welcome = window.read()
    question = window.say("zelfcheck")

    assert "\x1b[1mCoproductiewijzer\x1b[0m" in welcome
    assert "Vraag 1 van hooguit 8" in question
    assert len(BOLD.findall(question)) % 2 == 0
    assert "1. " in question
    window.press(b"stop\n")
    goodbye = window.read()
    assert "U bent gestopt." in goodbye
    assert "1. " not in goodbye
    assert window.exit_status() == 0


@pytest.mark.parametrize("changes", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_bold_when_it_is_not_wanted(terminal: Open, changes: dict[str, str]) -> None:
    assert not BOLD.search(terminal(**changes).read())


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("typed", [b"", b"zelfcheck\n", b"zelfcheck\nja\n", b"half een woo"])
def test_a_key_that_ends_it_politely(terminal: Open, key: bytes, typed: bytes) -> None:
    window = terminal()
    window.read()
    for line in typed.splitlines(keepends=True):
        window.press(line)
        # Ctrl-C throws away what was not read yet, and readline may be waiting for just that.
        window.read(until=PROMPT if line.endswith(b"\n") else line.decode())
    if key == CTRL_D and not typed.endswith(b"\n") and typed:
        window.press(b"\n")  # in the middle of a line Ctrl-D only deletes
        window.read()
    window.press(key)
    said = window.read(until="Tot ziens.", again=key)
    said += window.read()

    assert "Tot ziens." in said
    assert "Traceback" not in said
    assert window.exit_status() == 0


@pytest.mark.parametrize(("columns", "widest"), [(30, 30), (50, 50), (200, 76), (10, 24)])
def test_lines_fit_the_window_and_stay_readable(terminal: Open, columns: int, widest: int) -> None:
    window = terminal(columns)
    said = BOLD.sub("", window.read() + window.say("1"))
    lines = [line for line in said.splitlines() if "https://" not in line]

    assert max(map(len, lines)) <= widest
    # A word or address that is longer than the window stands whole, on a line of its own.
    assert all(len(line.split()) <= 2 for line in said.splitlines() if len(line) > widest)


def test_it_waits_for_a_slow_typist(terminal: Open) -> None:
    window = terminal()
    window.read()
    for letter in b"zelfcheck":
        window.press(bytes([letter]))
        time.sleep(0.01)

    assert "Vraag 1 van hooguit 8" in window.say("")
