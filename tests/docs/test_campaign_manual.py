"""The manual for campaigns: its commands work as they stand, and its tables are complete."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogues.content import Content
from dialogues.entries import entry
from tests.conftest import ContentWith
from tests.docs.markdown import GUIDE, ROOT, code, rows, section
from tests.docs.program import help_of

MANUAL = ROOT / "docs" / "campagnes.md"
SETTINGS = {
    "COPRO_PUBLIC_URL": "https://wijzer.example.nl",
    "COPRO_TELEGRAM_NAME": "voorbeeld_bot",
    "COPRO_COUNTS": "tellingen.sqlite3",
}


def _table(heading: str, column: str) -> list[str]:
    """What stands as code in a column."""
    found = rows(section(MANUAL, f"## {heading}"))
    return [name for row in found for name in re.findall(r"`([^`]+)`", row[column])]


def test_its_commands_work_one_after_the_other(
    content_with: ContentWith,
    monkeypatch: pytest.MonkeyPatch,
    run_here: Callable[..., tuple[int, str, str]],
) -> None:
    folder = content_with()
    monkeypatch.chdir(folder.parent)
    # The day in the manual will be over once.
    text = re.sub(r"(--until) \S+", r"\1 2040-06-30", code(MANUAL))
    commands = re.findall(r"^ *coproductiewijzer ((?:campaign|stats) .*)$", text, re.MULTILINE)
    done = []
    for command in commands:
        arguments = shlex.split(command)
        status, said, wrong = run_here(*arguments, COPRO_CONTENT=str(folder), **SETTINGS)

        assert (status, wrong) == (0, ""), command
        assert said
        done.append(" ".join(arguments[:2]))
    assert set(done) >= {f"campaign {name}" for name in ("new", "make", "list", "entries")}


def test_every_option_and_every_field_is_explained_and_no_other() -> None:
    options = re.findall(r"^ +(--[a-z]+)", help_of("campaign new").stdout, re.MULTILINE)
    fields = [row["Veld"] for row in rows(section(GUIDE, "### `campagnes.yaml`"))]
    elsewhere = {"--start", "--out"}

    assert {*_table("Teksten aanpassen", "Optie")} | elsewhere == {*options}
    assert {f"`{name}`" for name in _table("Teksten aanpassen", "Veld")} == {*fields} - {
        "`code`",
        "`begin`",
    }


def test_every_beginning_that_it_names_is_one(content: Content) -> None:
    names = _table("Waar een campagne begint", "`--start`")

    assert len(names) > 5
    assert [name for name in names if entry(content, name) is None] == []


def test_what_it_says_that_people_see_is_what_they_see() -> None:
    texts = "".join(
        Path(ROOT / name).read_text(encoding="utf-8")
        for name in ("content/opdrachtregel.yaml", "dialogues/meldingen.yaml")
    )
    shown = _table("Als het niet lukt", "Wat u ziet")

    assert len(shown) > 5
    assert [words for words in shown if words not in texts] == []
