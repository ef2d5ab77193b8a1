"""The settings and the examples of the README are those of the program."""

import re
import shutil
from datetime import date

import pytest

from bot.settings import log_level, telegram_settings, web_settings
from dialogues.content import Content
from tests.docs.examples import examples, printed, without_version
from tests.docs.markdown import README, ROOT, rows, section
from tests.docs.numbers import sentence
from tests.docs.program import help_of

EXAMPLES = list(examples(README.read_text(encoding="utf-8")))
_VARIABLE = re.compile(r"\bCOPRO_[A-Z_]*[A-Z]\b")


def _settings() -> list[dict[str, str]]:
    return list(rows(section(README, "## Configuration")))


def _in_code(cell: str) -> str:
    """The first piece of code in a cell, or nothing."""
    found = re.match(r"`([^`]+)`", cell)
    return found[1] if found else ""


def test_every_variable_is_explained_and_no_other() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))

    explained = {_in_code(row["Variable"]) for row in _settings()}

    assert set(_VARIABLE.findall(sources)) == explained
    assert set(_VARIABLE.findall(README.read_text(encoding="utf-8"))) == explained


def test_every_option_of_the_services_is_explained_and_no_other() -> None:
    options = set(re.findall(r"^ +(--[a-z-]+)", help_of("serve").stdout, re.MULTILINE))

    assert options == {_in_code(row["Option"]) for row in _settings()} - {""}


def test_the_defaults_are_those_of_the_program() -> None:
    defaults = {_in_code(row["Variable"]): _in_code(row["Default"]) for row in _settings()}

    assert telegram_settings({}, {}) == telegram_settings(defaults, {})
    assert web_settings({}, {}, date.min) == web_settings(defaults, {}, date.min)
    assert log_level({}, {}) == log_level(defaults, {})
    assert len([default for default in defaults.values() if default]) == 6


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
    }
