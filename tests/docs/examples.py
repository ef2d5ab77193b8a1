"""The examples of the README: a command behind ``$``, and below it all that it prints."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dialogues.loader import FOLDER
from tests.docs.program import run

_BLOCK = re.compile(r"(?<=^```console\n)(?P<code>.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_VERSION = re.compile(r"(Versie van de teksten: |\"content_version\": \")[0-9a-f]{8}")


def examples(text: str) -> Iterator[tuple[str, str]]:
    """Each command with what is shown below it."""
    for block in _BLOCK.finditer(text):
        for part in re.split(r"^\$ ", block["code"], flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


def printed(command: str) -> str:
    """What a command prints in a folder with a copy of the content."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(FOLDER, Path(folder) / "content")
        return run(command, Path(folder)).stdout.strip("\n") + "\n"


def refreshed(text: str) -> str:
    """The text with every example run again."""

    def renewed(block: re.Match[str]) -> str:
        commands = re.findall(r"^\$ (.*)$", block["code"], re.MULTILINE)
        return "".join(f"$ {command}\n{printed(command)}" for command in commands)

    return _BLOCK.sub(renewed, text)


def without_version(text: str) -> str:
    """A text in which the version of the content does not show: it changes with every comma."""
    return _VERSION.sub(r"\1", text)
