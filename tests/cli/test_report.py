"""``report``: the outcome as a file, whole or not at all, and a clear word when that fails."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from bot.address import link
from bot.dates import today
from bot.report.document import weighing_all
from dialogues.flow import Flow
from tests.cli.conftest import COMMAND, Run, environment
from tests.conftest import ContentWith
from tests.core.definition import QUESTIONS
from tests.report.reading import attached, codes, squeezed, text_of

ROOT = Path(__file__).parents[2]
ALL_JA = [f"{name}=ja" for name in QUESTIONS]
OLD = b"what was there before"


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (ALL_JA, "volledig"),
        ([*ALL_JA[:-1], "ontwerp=nee"], "implementatie"),
        (["burgers=nee"], "geen"),
        (["publieke_waarde=ja", "burgers=weet_niet"], "open"),
        ([], "open"),
    ],
)
def test_the_outcome_of_the_answers_as_a_file(
    run: Run, flow: Flow, tmp_path: Path, answers: list[str], outcome: str
) -> None:
    file = tmp_path / "rapport.pdf"
    before = today()
    done = run("report", "--out", str(file), *answers)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == [file]
    found = attached(file.read_bytes())
    assert found["answers"] == dict(answer.split("=") for answer in answers)
    assert found["outcome"] == outcome
    assert found["date"] in (str(before), str(today()))
    assert squeezed(flow.content.outcomes[outcome].sentence) in text_of(file.read_bytes())


def test_to_the_standard_output(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    done = run("report", *ALL_JA, "--out", "-")
    run("report", *ALL_JA, "--out", str(file))

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == file.read_bytes()


@pytest.mark.parametrize("answers", [ALL_JA, ["burgers=nee"], []])
def test_with_a_public_address_it_has_a_way_back(run: Run, flow: Flow, answers: list[str]) -> None:
    done = run("report", "--out", "-", *answers, COPRO_PUBLIC_URL="https://wijzer.example.nl/")
    conversation = weighing_all(flow, dict(answer.split("=") for answer in answers))
    address = link(flow, conversation, "https://wijzer.example.nl")

    assert codes(done.stdout) == [address]
    assert squeezed(address) in text_of(done.stdout)


def test_without_one_it_has_none(run: Run) -> None:
    assert codes(run("report", "--out", "-", *ALL_JA).stdout) == []


def test_a_file_that_was_there_is_replaced_and_a_link_kept(run: Run, tmp_path: Path) -> None:
    file, pointer = tmp_path / "rapport.pdf", tmp_path / "laatste.pdf"
    file.write_bytes(OLD)
    pointer.symlink_to(file)

    assert run("report", "--out", str(pointer)).returncode == 0
    assert pointer.is_symlink()
    assert file.read_bytes().startswith(b"%PDF")
    assert set(tmp_path.iterdir()) == {file, pointer}


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("weg/rapport.pdf", "deze map bestaat niet."),
        ("bestand/rapport.pdf", "deze map bestaat niet."),
        ("map", "dit is een map. Geef de naam van een bestand."),
        ("", "dit is een map. Geef de naam van een bestand."),
        ("/dev/full", "de schijf is vol."),
        ("x" * 300, "het schrijven ging mis. Probeer een andere plaats."),
        ("/sys/rapport.pdf", "u mag hier geen bestand maken."),
    ],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, out: str, why: str) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "bestand").touch()
    command = [*COMMAND, "report", "--out", out]
    paths = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment(**paths))

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"Het rapport kan niet in '{out}' komen: {why}\n"
    assert {path.name for path in tmp_path.rglob("*")} == {"map", "bestand"}


@pytest.mark.parametrize("before", [None, OLD], ids=["new", "replaced"])
def test_a_disk_that_runs_full_leaves_no_half_file(tmp_path: Path, before: bytes | None) -> None:
    file = tmp_path / "rapport.pdf"
    if before is not None:
        file.write_bytes(before)
    # A file may grow to 8 blocks of 512 bytes and no further.
    line = 'ulimit -f 8; exec "$@"'
    done = subprocess.run(
        ["sh", "-c", line, "sh", *COMMAND, "report", "--out", str(file)],
        capture_output=True,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
    )

    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"Het rapport kan niet in '{file}' komen: ")
    left = [path.read_bytes() for path in tmp_path.iterdir()]
    assert left == ([] if before is None else [before])


def test_a_full_standard_output_is_a_failure_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "report", "--out", "-"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
        )

    assert done.returncode == 1
    assert done.stderr == b"coproductiewijzer: No space left on device\n"


def test_a_wrong_answer_is_refused_as_by_assess(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    for pairs in (["doell=ja"], ["doel=ja", "doel=ja"], ["doel"]):
        done = run("report", "--out", str(file), *pairs)

        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr == run("assess", *pairs).stderr
    assert not file.exists()


def test_a_wrong_public_address_is_refused(run: Run) -> None:
    done = run("report", "--out", "-", COPRO_PUBLIC_URL="wijzer.example.nl")

    assert (done.returncode, done.stdout) == (2, b"")
    assert "COPRO_PUBLIC_URL" in done.stderr.decode()


def test_broken_texts_of_the_report_are_listed(run: Run, content_with: ContentWith) -> None:
    done = run("report", "--out", "-", COPRO_CONTENT=str(content_with(rapport="knop: x\n")))

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"content/rapport.yaml:1:1: onbekend veld 'knop'." in done.stderr


@pytest.mark.parametrize("missing", ["typst", "segno"])
def test_without_the_extra_it_tells_how_to_get_it(tmp_path: Path, missing: str) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    # Without the extra that measures the language the check has less to do.
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not path.name.startswith((missing, "wordfreq")):
            (packages / path.name).symlink_to(path)
    file = tmp_path / "rapport.pdf"
    # -S leaves out the installed packages, so that these are all there are.
    command = [sys.executable, "-S", "-m", "bot"]
    paths = environment(PYTHONPATH=f"{ROOT}:{packages}")
    done = subprocess.run([*command, "report", "--out", str(file)], capture_output=True, env=paths)

    assert (done.returncode, done.stdout) == (1, b"")
    assert "pip install 'coproductiewijzer[rapport]'" in done.stderr.decode()
    assert not file.exists()
    assert subprocess.run([*command, "check"], capture_output=True, env=paths).returncode == 0
    code = "from bot.report.engine import *; print(available()); png('card.typ', {})"
    done = subprocess.run([*command[:2], "-c", code], capture_output=True, env=paths)
    assert done.stdout == b"False\n"
    assert done.stderr.rstrip().endswith(b"bot.report.engine.ReportUnavailable")


def test_without_a_file_it_says_which_option_is_missing(run: Run) -> None:
    done = run("report", "burgers=ja")

    assert done.returncode == 2
    assert done.stderr.decode().startswith("'--out' ontbreekt.")
