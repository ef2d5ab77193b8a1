"""Which part may know which: the core knows no channel, and a chat loads no more than it needs."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = sorted((ROOT / "dialogues").glob("*.py"))
BOT = sorted((ROOT / "bot").rglob("*.py"))
ALLOWED_IN_CORE = {"dialogues", "yaml", "transitions", "rapidfuzz"}
# Part of the standard library, but input and output, or time: the core is pure and synchronous.
IMPURE = {"asyncio", "socket", "ssl", "http", "urllib", "sqlite3", "threading", "subprocess"} | {
    "time",
    "datetime",
    "random",
    "os",
    "sys",
}


def imported(path: Path) -> Iterator[str]:
    """The top-level packages that a module imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} has a relative import"
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_the_core_imports_itself_and_little_more(path: Path) -> None:
    others = set(imported(path)) - ALLOWED_IN_CORE

    assert others <= sys.stdlib_module_names
    assert others.isdisjoint(IMPURE)


@pytest.mark.parametrize("path", BOT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_outside_the_tests_imports_the_tests(path: Path) -> None:
    assert "tests" not in set(imported(path))


@pytest.mark.parametrize(
    "path",
    [path for path in BOT if "telegram" not in path.parts[-2]],
    ids=lambda path: path.name,
)
def test_only_the_telegram_channel_knows_the_library(path: Path) -> None:
    assert {"telegram", "httpx", "aiohttp"}.isdisjoint(imported(path))


# The address to which Telegram brings updates stands among the pages.
@pytest.mark.parametrize(
    "path",
    [path for path in BOT if "web" not in path.parts[-2:-1] and path.name != "webhook.py"],
    ids=lambda path: path.name,
)
def test_only_the_web_channel_knows_its_libraries(path: Path) -> None:
    assert {"starlette", "uvicorn", "jinja2", "markupsafe"}.isdisjoint(imported(path))


@pytest.mark.parametrize(
    ("folder", "other"), [("web", "bot.telegram"), ("telegram", "bot.web"), ("report", "bot.web")]
)
def test_the_channels_do_not_know_each_other(folder: str, other: str) -> None:
    known = {
        str(node.module)
        for path in (ROOT / "bot" / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }

    assert not [name for name in known if name.startswith(other)]


def test_a_chat_does_not_load_the_libraries_of_other_channels() -> None:
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
    assert "dialogues.flow" in loaded
    assert loaded.isdisjoint(
        {"telegram", "httpx", "starlette", "jinja2", "typst", "asyncio", "importlib.metadata"}
        | {"aiohttp", "redis", "prometheus_client", "pythonjsonlogger"}
    )
