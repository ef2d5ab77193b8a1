"""The texts: all are used, none is hidden in code, all are sound."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

import bot
import dialogues
from bot.cli_texts import CliTexts
from bot.commands import problems_of
from bot.report.texts import ReportTexts
from bot.telegram.texts import TelegramTexts
from bot.web.texts import WebTexts
from dialogues.language import words
from dialogues.loader import FOLDER
from dialogues.texts import Texts

PACKAGES = (Path(dialogues.__file__).parent, Path(bot.__file__).parent)
SOURCES = sorted(path for package in PACKAGES for path in package.rglob("*.py"))
TEMPLATES = sorted(
    path
    for ending in ("*.html", "*.typ", "*.js")
    for path in Path(bot.__file__).parent.rglob(ending)
)
# Words that few Dutch sentences can do without, and that no English or technical string has.
DUTCH = {"de", "het", "een", "en", "ik", "niet", "u", "uw", "van", "voor", "met", "dat", "naar"}
DUTCH |= {"deze", "wordt", "bij", "ook", "als", "aan"}


@pytest.mark.usefixtures("unmeasured")
def test_the_content_has_no_problems() -> None:
    assert problems_of(FOLDER) == ()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", [Texts, CliTexts, TelegramTexts, ReportTexts, WebTexts])
def test_every_text_is_used(
    kind: type[Texts | CliTexts | TelegramTexts | ReportTexts | WebTexts],
) -> None:
    # A setting names the text that explains it, so a string counts as well.
    named = {
        node.attr if isinstance(node, ast.Attribute) else node.value
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute)
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    }
    named |= {
        name
        for path in TEMPLATES
        for name in re.findall(r"\b(?:texts|core)\.(\w+)", path.read_text(encoding="utf-8"))
    }

    assert [field.name for field in fields(kind) if field.name not in named] == []


def _strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The string literals that are no docstrings."""
    bare = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_dutch_sentence_stands_in_code(path: Path) -> None:
    dutch = [
        f"{path.name}:{node.lineno}: {node.value!r}"
        for node in _strings(_tree(path))
        if len(DUTCH & {word.lower() for word in words(str(node.value))}) >= 2
    ]

    assert dutch == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_dutch_sentence_stands_in_a_template(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    dutch = [line for line in lines if len(DUTCH & set(words(line.lower()))) >= 2]

    assert dutch == []
