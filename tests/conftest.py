"""What all tests share: the real content, content with some files replaced, and the rule of CI."""

import io
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import pytest
import yaml
from hypothesis import settings

from bot.cli import main
from dialogues import yaml_source
from dialogues.content import Content
from dialogues.flow import Flow
from dialogues.loader import FOLDER, load

# A deadline for each example would be a timed assertion, and fail on a busy machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_FILES = 64  # in a folder of content there are some thirty
ContentWith = Callable[..., Path]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session", autouse=True)
def _each_text_is_parsed_once() -> Iterator[None]:
    """Nearly all files of the content are the same in every test, and nobody changes what was
    parsed. What is refused is parsed each time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_source, "_refusal", lru_cache(_FILES)(yaml_source._refusal))
        patch.setattr(yaml, "compose", lru_cache(_FILES)(yaml.compose))
        yield


@pytest.fixture(scope="session")
def content() -> Content:
    return load()


@pytest.fixture(scope="session")
def flow(content: Content) -> Flow:
    return Flow(content)


@pytest.fixture
def content_with(tmp_path: Path) -> ContentWith:
    """A function that copies the real content and replaces files: ``vragen=text`` or bytes.

    ``None`` leaves the file out. Called again it changes the same copy.
    """
    folder = tmp_path / "content"

    def replaced(**files: str | bytes | None) -> Path:
        if not folder.exists():
            shutil.copytree(FOLDER, folder)
        for name, text in files.items():
            path = folder / f"{name}.yaml"
            if text is None:
                path.unlink()
            else:
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return replaced


# A test that does not run proves nothing, so CI does not accept one. A report is changed where it
# is made: that works in every xdist worker, and for a whole module that is skipped.


def _refuse(report: Report) -> Report:
    if os.environ.get("CI") != "true":
        return report
    if report.outcome == "skipped" or hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI runs every test, but this one was left out: {report.longrepr}"
        vars(report).pop("wasxfail", None)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _refuse((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _refuse((yield))


@pytest.fixture
def unmeasured() -> Iterator[None]:
    """No coverage, for tests that run the same lines so often that measuring takes minutes.

    The marker ``no_cover`` of pytest-cov does nothing in a process of xdist, and loses lines.
    """
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)


@pytest.fixture
def run_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command in this process: gives the status, the output and the errors."""

    def run(*arguments: str, **changes: str) -> tuple[int, str, str]:
        # What pytest puts in its place is no stream of an ordinary process.
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        for name, value in changes.items():
            monkeypatch.setenv(name, value)
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(str(end.code))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
