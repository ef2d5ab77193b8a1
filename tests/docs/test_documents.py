"""Links lead somewhere, and commands that the documents name exist."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.markdown import README, ROOT, anchors, code, documents, links
from tests.docs.program import help_of

_TARGETS = re.compile(r"^([a-z]+):", re.MULTILINE)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_relative_links_lead_to_a_file_and_a_heading(path: Path) -> None:
    for link in links(path):
        if not re.match(r"[a-z]+:", link):
            name, _, fragment = unquote(link).partition("#")
            target = path.parent / name if name else path

            assert target.exists(), link
            assert not fragment or fragment in anchors(target), link


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_other_links_are_https(path: Path) -> None:
    assert not [link for link in links(path) if re.match(r"(?!https:)[a-z]+:", link)]


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_make_target_exists(path: Path) -> None:
    targets = set(_TARGETS.findall((ROOT / "Makefile").read_text(encoding="utf-8")))

    assert set(re.findall(r"(?<!campaign )\bmake ([a-z]+)", code(path))) <= targets


def test_the_readme_names_every_make_target() -> None:
    targets = set(_TARGETS.findall((ROOT / "Makefile").read_text(encoding="utf-8")))

    assert targets == set(re.findall(r"(?<!campaign )\bmake ([a-z]+)", code(README)))


def test_the_readme_names_every_command_and_no_other() -> None:
    commands = re.findall(r"^    ([a-z]+) ", help_of().stdout, re.MULTILINE)

    assert set(commands) == set(re.findall(r"\bcoproductiewijzer ([a-z]+)", code(README)))


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_command_is_understood(path: Path) -> None:
    for command in sorted(set(re.findall(r"\bcoproductiewijzer ([a-z]+)", code(path)))):
        assert help_of(command).returncode == 0, command


def test_the_readme_names_every_module_and_no_other() -> None:
    modules = {
        path.name
        for folder in ("dialogues", "bot")
        for path in (ROOT / folder).glob("*.py")
        if not path.name.startswith("__")
    }
    named = set(re.findall(r"\b(\w+\.py)\b", code(README)))

    assert modules == named
