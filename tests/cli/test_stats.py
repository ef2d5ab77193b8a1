"""The command ``stats``, on real files of counts."""

import asyncio
import csv
import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.counts.measures import Channel, Count, Measure
from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.store import Batch, Entry
from tests.cli.conftest import Run

FIRST = date(2026, 12, 30)
CODE = "buurtfeest-2027"
Stats = Callable[..., tuple[int, str, str]]


def write(file: Path, entries: Sequence[Entry]) -> None:
    async def fill() -> None:
        store = SqliteCounts(file)
        await store.write(Batch(b"12345678", entries))
        await store.close()

    asyncio.run(fill())


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    """Three days: eight came in on each, two of them by a campaign."""
    file = tmp_path / "counts.sqlite3"
    entries = []
    for days in range(3):
        day = FIRST + timedelta(days)
        entries += [Entry(day, "", Channel.WEB, (Count(Measure.START),))] * 6
        entries += [Entry(day, CODE, Channel.TELEGRAM, (Count(Measure.START),))] * 2
        entries += [Entry(day, CODE, Channel.WEB, (Count(Measure.OUTCOME, "geen"),))]
    write(file, entries)
    return file


@pytest.fixture
def stats(counts: Path, run_here: Stats) -> Stats:
    """Run it. ``place``: where the counts are."""

    def run(*arguments: str, place: str = str(counts), columns: int = 80) -> tuple[int, str, str]:
        return run_here("stats", *arguments, COPRO_COUNTS=place, COLUMNS=str(columns))

    return run


def lines(said: str, title: str) -> list[str]:
    """The rows below a title, without the spaces around them."""
    _, _, below = said.partition(f"{title}\n")
    return [line.strip() for line in below.partition("\n\n")[0].splitlines()]


def test_it_shows_tables_with_bars(stats: Stats) -> None:
    status, said, wrong = stats()

    assert (status, wrong) == (0, "")
    assert lines(said, "Waar mensen binnenkwamen") == [
        f"Deze website        {'18':>12}  {'#' * 40}",
        f"Telegram            {'6':>12}  {'#' * 14}",
        "Een andere website  minder dan 5",
    ]
    assert lines(said, "Binnengekomen per campagne") == [
        f"{CODE}   6  {'#' * 14}",
        f"Zonder campagne  18  {'#' * 40}",
    ]
    assert lines(said, "Binnengekomen per dag") == [
        f"{FIRST + timedelta(days)}  8  {'#' * 40}" for days in range(3)
    ]
    assert lines(said, "Uitkomsten")[3].split("  ")[0] == "geen coproductie"
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize("columns", [24, 40, 60])
def test_it_fits(stats: Stats, columns: int) -> None:
    _, said, _ = stats(columns=columns)

    assert max(map(len, said.splitlines())) <= columns
    assert "#" in said
    # A number is never broken off its words. Of the notes below the figures it may be.
    figures, _, _ = said.partition("Is een aantal")
    assert figures.count("minder dan") == figures.count("minder dan 5")


def test_a_campaign_and_a_first_day_can_be_chosen(stats: Stats) -> None:
    _, of_campaign, _ = stats("--campaign", CODE)
    _, later, _ = stats("--from", "2026-12-31")

    assert of_campaign.startswith(f"Campagne: {CODE}. Vanaf: het begin.\n\n")
    assert later.startswith("Campagne: alle. Vanaf: 2026-12-31.\n\n")
    assert "6" in lines(of_campaign, "Alles bij elkaar")[0].split()
    # What came without a campaign was not asked for, which is not to say that it was little.
    assert lines(of_campaign, "Binnengekomen per campagne") == [f"{CODE}  6  {'#' * 40}"]
    assert "16" in lines(later, "Alles bij elkaar")[0].split()


def test_json_has_each_row_and_no_small_number(stats: Stats) -> None:
    _, said, _ = stats("--json", "--from", "2027-01-01")

    assert json.loads(said) == [
        {
            "day": "2027-01-01",
            "campaign": "",
            "channel": "web",
            "measure": "start",
            "name": "",
            "number": 6,
            "shown": "6",
        },
        {
            "day": "2027-01-01",
            "campaign": CODE,
            "channel": "telegram",
            "measure": "start",
            "name": "",
            "number": None,
            "shown": "minder dan 5",
        },
        {
            "day": "2027-01-01",
            "campaign": CODE,
            "channel": "web",
            "measure": "uitkomst",
            "name": "geen",
            "number": None,
            "shown": "minder dan 5",
        },
    ]


def test_csv_has_the_same_rows(stats: Stats) -> None:
    _, said, _ = stats("--csv")
    _, as_json, _ = stats("--json")
    rows = list(csv.DictReader(io.StringIO(said)))

    assert [row["number"] for row in rows] == [row["shown"] for row in json.loads(as_json)]
    assert [row["day"] for row in rows] == [row["day"] for row in json.loads(as_json)]


def test_what_somebody_else_put_in_changes_no_spreadsheet_and_no_terminal(
    stats: Stats, tmp_path: Path
) -> None:
    file = tmp_path / "vreemd.sqlite3"
    codes = [
        "=1+1",
        "+1",
        "-1",
        "@SOM(1)",
        "\t=1",
        " =1",
        "\x1b[31mrood",
        "\x9b31m",
        "twee\nregels",
    ]
    write(file, [Entry(FIRST, code, Channel.WEB, (Count(Measure.START),)) for code in codes] * 6)
    _, as_csv, _ = stats("--csv", place=str(file))
    _, said, _ = stats(place=str(file))
    rows = list(csv.DictReader(io.StringIO(as_csv)))

    assert len(rows) == len(codes)
    assert not [cell for row in rows for cell in row.values() if cell.lstrip()[:1] in set("=+-@")]
    assert {row["campaign"] for row in rows} >= {"'=1+1", "[31mrood", "tweeregels"}
    assert all(sign.isprintable() for sign in (as_csv + said).replace("\n", ""))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--csv", "--json"), "niet allebei"),
        (("--from", "1-1-2027"), "'1-1-2027' is geen datum"),
        (("--from", "2027-02-30"), "'2027-02-30' is geen datum"),
        (("--from", "20270101"), "'20270101' is geen datum"),
        (("--from", ""), "'' is geen datum"),
        (("--campaign", "buurtfeest-2026"), f"Bedoelde u '{CODE}'?"),
        (("--campaign", "\x1b[31mrood"), "'[31mrood' is geen campagne."),
        (("--campaign", ""), "'' is geen campagne."),
        (("--vanaf", "2027-01-01"), "'--vanaf' ken ik niet."),
    ],
)
def test_what_cannot_be_meant_is_refused(
    stats: Stats, arguments: tuple[str, ...], said: str
) -> None:
    status, output, wrong = stats(*arguments)

    assert (status, output) == (2, "")
    assert said in wrong
    assert "\x1b" not in wrong


def test_before_anything_is_counted_there_is_nothing_to_see(stats: Stats, tmp_path: Path) -> None:
    absent = tmp_path / "elders" / "counts.sqlite3"
    status, said, _ = stats(place=str(absent))

    assert status == 0
    assert [line.split("  ")[-1].strip() for line in lines(said, "Alles bij elkaar")] == [
        "minder dan 5"
    ] * 4
    # Looking makes nothing.
    assert not absent.parent.exists()


@pytest.mark.parametrize("content", [b"geen tellingen " * 300, b"SQLite format 3\0"])
def test_a_file_that_is_damaged_is_said_to_be_and_stays_as_it_is(
    stats: Stats, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "stuk"
    file.write_bytes(content)
    status, output, wrong = stats(place=str(file))

    assert (status, output) == (1, "")
    assert "beschadigd" in wrong
    assert file.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(stats: Stats, tmp_path: Path) -> None:
    file = tmp_path / "leden.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE leden (naam)")
    content = file.read_bytes()
    status, output, wrong = stats(place=str(file))

    assert (status, output) == (1, "")
    assert "iets anders dan onze tellingen" in wrong
    assert file.read_bytes() == content
    assert [one.name for one in tmp_path.glob("leden*")] == [file.name]


@pytest.mark.parametrize(
    ("place", "status", "said"),
    [
        ("off", 1, "telt nu niet"),
        ("redis://127.0.0.1:1/0", 1, "geen antwoord"),
        ("http://127.0.0.1/", 2, "COPRO_COUNTS"),
        ("/", 1, "niet te openen"),
    ],
)
def test_a_place_without_counts_is_named(stats: Stats, place: str, status: int, said: str) -> None:
    ended, output, wrong = stats(place=place)

    assert (ended, output) == (status, "")
    assert said in wrong


def test_in_a_pipe_it_says_the_same(run: Run, stats: Stats, counts: Path) -> None:
    done = run("stats", COPRO_COUNTS=str(counts), COLUMNS="80")

    assert done.stdout.decode() == stats()[1]
