"""The examples of the README are those of the program."""

import re
import shutil

import pytest

from dialogues.content import Content
from tests.docs.examples import examples, printed, without_version
from tests.docs.markdown import README
from tests.docs.numbers import sentence

EXAMPLES = list(examples(README.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("command", "shown"), EXAMPLES, ids=[command[:40] for command, _ in EXAMPLES]
)
def test_the_program_prints_what_is_shown(command: str, shown: str) -> None:
    if "coproductiewijzer check" in command and shutil.which("hunspell") is None:
        pytest.skip("hunspell is not here, and then the check says so")
    assert without_version(printed(command)) == without_version(shown), "run `make docs`"


def test_the_numbers_are_those_of_the_content(content: Content) -> None:
    assert sentence(content) in README.read_text(encoding="utf-8"), "run `make docs`"


def test_there_are_examples_of_the_conversation_and_of_every_command_for_scripts() -> None:
    commands = "\n".join(command for command, _ in EXAMPLES)

    assert set(re.findall(r"coproductiewijzer (\w+)", commands)) == {
        "chat",
        "assess",
        "report",
        "ask",
        "check",
        "campaign",
        "stats",
    }
