"""Where ``CI`` is true, a test that is skipped or expected to fail makes the run fail."""

import os
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


def _exit_status(folder: Path, source: str, processes: str, **environment: str) -> int:
    (folder / "test_ran.py").write_text(RAN, encoding="utf-8")
    (folder / "test_left_out.py").write_text(f"import pytest\n\n{source}", encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if name != "CI"}
    plugins = ("-p", "tests.conftest", "-p", "no:cacheprovider", "-p", "no:teremok")
    options = ("-c", os.devnull, "--rootdir", str(folder), "-n", processes)
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *plugins, str(folder)],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
    ).returncode


@pytest.mark.parametrize("way", LEFT_OUT)
def test_ci_refuses_what_is_left_out(tmp_path: Path, way: str) -> None:
    assert _exit_status(tmp_path, LEFT_OUT[way], "0", CI="true") not in (0, 5)
    assert _exit_status(tmp_path, LEFT_OUT[way], "0") == 0


def test_ci_refuses_it_in_other_processes_too(tmp_path: Path) -> None:
    assert _exit_status(tmp_path, LEFT_OUT["mark"], "2", CI="true") == 1


def test_ci_accepts_a_run_of_everything(tmp_path: Path) -> None:
    assert _exit_status(tmp_path, RAN, "0", CI="true") == 0
