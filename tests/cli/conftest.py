"""The command as other programs meet it: a process with arguments, streams and an exit status."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from bot import cli
from dialogues.content import Content

COMMAND = (sys.executable, "-m", "bot")
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def environment(**changes: str) -> dict[str, str]:
    """Ours without the settings of the program, and what is given. Nothing is counted unless
    asked: that would be in a file of whoever runs the tests.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COPRO_")}
    return {**ours, "COPRO_COUNTS": "off", **changes}


def addresses(said: str) -> list[str]:
    """The addresses that are written out, in order."""
    return re.findall(r"<(https://\S+)>", said)


@pytest.fixture
def run_process() -> Run:
    """Run the command; ``typed`` is its input, other names are its environment."""

    def run(
        *arguments: str, typed: bytes = b"", **changes: str
    ) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [*COMMAND, *arguments], input=typed, capture_output=True, env=environment(**changes)
        )

    return run


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, content: Content) -> Run:
    """The same without a process of its own, where the streams are not what is tested: most of
    the time of a command goes into starting Python and reading the content.
    """

    def run(
        *arguments: str, typed: bytes = b"", **changes: str
    ) -> "subprocess.CompletedProcess[bytes]":
        output, errors = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(os, "environ", environment(**changes))
            for name, stream in (("in", io.BytesIO(typed)), ("out", output), ("err", errors)):
                patch.setattr(sys, f"std{name}", io.TextIOWrapper(stream, "utf-8"))
            if "COPRO_CONTENT" not in changes:
                patch.setattr(cli, "load", lambda _: content)
            try:
                status = cli.main(arguments)
            except SystemExit as end:
                status = int(str(end.code))
            sys.stdout.flush()
            sys.stderr.flush()
            said = (output.getvalue(), errors.getvalue())
        return subprocess.CompletedProcess(arguments, status, *said)

    return run
