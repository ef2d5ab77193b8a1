"""Where ``CI`` is true, a test that is skipped or expected to fail makes the run fail."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RAN = "def test_runs() -> None:\n    pass\n\n"
LEFT_OUT = {
    "mark": "@pytest.mark.skip(reason='later')\ndef test_it() -> None: ...\n",
    "call": "def test_it() -> None:\n    pytest.skip('later')\n",
    "fixture": "@pytest.fixture\ndef f(): pytest.skip('later')\ndef test_it(f) -> None: ...\n",
    "module": "pytest.skip('later', allow_module_level=True)\n",
    "missing": "pytest.importorskip('no_such_module')\n",
    "xfail": "@pytest.mark.xfail\ndef test_it() -> None: assert False\n",
    "xpass": "@pytest.mark.xfail\ndef test_it() -> None: ...\n",
    "empty": "@pytest.mark.parametrize('x', [])\ndef test_it(x) -> None: ...\n",
}


def _run(
    folder: Path, processes: int, *more: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if name != "CI"}
    plugins = ("-p", "tests.conftest", "-p", "no:cacheprovider", "-p", "no:teremok")
    options = ("-c", os.devnull, "--rootdir", str(folder), "-n", str(processes), "-rfE")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *plugins, *more, str(folder)],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A test that runs, and one for each way to leave one out."""
    (tmp_path / "test_ran.py").write_text(RAN, encoding="utf-8")
    for way, source in LEFT_OUT.items():
        (tmp_path / f"test_{way}.py").write_text(f"import pytest\n\n{source}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("processes", [0, 2])
def test_ci_refuses_every_way_of_leaving_a_test_out(folder: Path, processes: int) -> None:
    done = _run(folder, processes, "--continue-on-collection-errors", CI="true")
    named = re.findall(r"^(?:FAILED|ERROR) \S*test_(\w+)\.py", done.stdout, re.MULTILINE)

    assert done.returncode == 1
    assert set(named) == set(LEFT_OUT)


def test_elsewhere_it_may_be_left_out(folder: Path) -> None:
    assert _run(folder, 0).returncode == 0


def test_ci_accepts_a_run_of_everything(folder: Path) -> None:
    for way in LEFT_OUT:
        (folder / f"test_{way}.py").unlink()

    assert _run(folder, 0, CI="true").returncode == 0
