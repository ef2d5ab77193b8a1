"""What all tests share: the real content, content with some files replaced, and the rule of CI."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import pytest
import yaml
from hypothesis import settings

from bot import cli, commands, terminal
from dialogues.content import Content
from dialogues.flow import Flow
from dialogues.loader import FOLDER
from tests.cli.conftest import Run, environment
from tests.made_once import CONTENT, FLOW, understanding_of

# A deadline for each example would be a timed assertion, and fail on a busy machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_FILES = 64  # in a folder of content there are some thirty
ContentWith = Callable[..., Path]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session", autouse=True)
def _each_text_is_parsed_once() -> Iterator[None]:
    """Nearly all files of the content are the same in every test, and nobody changes what was
    parsed. What cannot be parsed is tried each time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "compose", lru_cache(_FILES)(yaml.compose))
        yield


@pytest.fixture(scope="session")
def content() -> Content:
    return CONTENT


@pytest.fixture(scope="session")
def flow() -> Flow:
    return FLOW


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
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process, where the streams are not what is tested: most of the time
    of a command goes into starting Python and reading the content. ``typed`` is its input, other
    names are its environment.
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
                patch.setattr(cli, "load", lambda _: CONTENT)
                patch.setattr(cli, "Flow", lambda _: FLOW)
                for module in (terminal, commands):
                    patch.setattr(module, "Understanding", understanding_of)
            try:
                status = cli.main(arguments)
            except SystemExit as end:
                status = int(str(end.code))
            sys.stdout.flush()
            sys.stderr.flush()
            said = (output.getvalue(), errors.getvalue())
        return subprocess.CompletedProcess(arguments, status, *said)

    return run


@pytest.fixture
def run_here(run: Run) -> Callable[..., tuple[int, str, str]]:
    """The same, for commands that read nothing: gives the status, the output and the errors."""

    def run_it(*arguments: str, **changes: str) -> tuple[int, str, str]:
        done = run(*arguments, **changes)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run_it
