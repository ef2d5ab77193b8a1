"""The command as other programs meet it: a process with arguments, streams and an exit status."""

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

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
