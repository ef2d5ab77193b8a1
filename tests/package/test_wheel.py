"""The wheel holds all that the program needs, and works in a folder of its own."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with only what is in the wheel, unpacked as an installer would."""
    wheels = tmp_path_factory.mktemp("wheels")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*build, "--no-build-isolation", "-w", wheels, ROOT], check=True, cwd=wheels)
    [wheel] = wheels.glob("*.whl")
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # -P keeps the current folder off the path; the one of the wheel comes before the checkout.
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(installed), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_sound_and_talks_from_any_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert run(installed, tmp_path, "check").stdout == "De inhoud is in orde.\n"
    assert "Welkom" in run(installed, Path("/"), "chat").stdout


def test_it_makes_reports_and_has_the_cards(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "report", "--out", "rapport.pdf")
    cards = "bot/web/static/cards"

    assert (tmp_path / "rapport.pdf").read_bytes().startswith(b"%PDF")
    assert {path.name for path in (installed / cards).iterdir()} == {
        path.name for path in (ROOT / cards).iterdir()
    }


def test_it_has_the_content_and_none_of_the_tests(installed: Path) -> None:
    shipped = {path.relative_to(installed).as_posix() for path in installed.rglob("*.yaml")}
    expected = {
        path.relative_to(ROOT).as_posix()
        for folder in ("content", "dialogues")
        for path in (ROOT / folder).rglob("*.yaml")
    }

    assert shipped == expected
    assert any(name.startswith("content/begrippen/") for name in shipped)
    assert (installed / "content" / "woordenlijst.txt").exists()
    assert not (installed / "tests").exists()
