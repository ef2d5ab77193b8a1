"""`check` lists every fault and stops with 1; with faulty content nothing starts."""

import shutil
from pathlib import Path

import pytest

from dialogues.loader import FOLDER
from tests.cli.program import run


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Content with a fault in four files."""
    folder = tmp_path / "content"
    shutil.copytree(FOLDER, folder)
    for name, right, wrong in (
        ("vragen.yaml", "naam: doel", "nam: doel"),
        ("uitkomsten.yaml", "verder_lezen: [roset,", "verder_lezen: [rozet,"),
        ("telegram.yaml", "naam: zelfcheck", "naam: zelfchekc"),
        ("opdrachtregel.yaml", "{aantal}", "{getal}"),
    ):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert right in text
        path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return folder


def test_the_content_is_sound() -> None:
    done = run("check")

    assert (done.returncode, done.stdout, done.stderr) == (0, "De inhoud is in orde.\n", "")


def test_every_fault_is_listed_with_its_place(broken: Path) -> None:
    done = run("check", str(broken))

    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == sorted(line.split(":")[0] for line in lines)
    for place, said in (
        ("content/vragen.yaml:", "onbekend veld 'nam'. Bedoelde u 'naam'?"),
        ("content/vragen.yaml:", "het veld 'naam' ontbreekt."),
        ("content/uitkomsten.yaml:", "'rozet' is geen bron. Bedoelde u 'roset'?"),
        ("content/telegram.yaml:", "'zelfchekc' is geen opdracht. Bedoelde u 'zelfcheck'?"),
        ("content/opdrachtregel.yaml:", "de invulplek '{aantal}' ontbreekt."),
    ):
        assert any(line.startswith(place) and said in line for line in lines), done.stdout
    assert done.stderr == f"Gevonden fouten: {len(lines)}.\n"


@pytest.mark.parametrize(
    "command", [["chat"], ["assess"], ["ask", "coproductie"], ["diagram"], ["telegram"]]
)
def test_nothing_starts_with_faulty_content(broken: Path, command: list[str]) -> None:
    done = run(*command, COPRO_CONTENT=str(broken), COPRO_TELEGRAM_TOKEN="1:a")

    assert done.returncode == 1
    assert done.stdout == ""
    for word in ("'nam'", "'rozet'", "'zelfchekc'", "{aantal}"):
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_not_there_misses_every_file(tmp_path: Path) -> None:
    done = run("check", str(tmp_path / "nergens"))

    assert done.returncode == 1
    assert done.stdout.count("dit bestand ontbreekt.") == len(list(FOLDER.glob("*.yaml")))
