"""Counts in a file: exact, shared, private, and never written over what is not theirs."""

import asyncio
import os
import random
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.store import CountsUnavailable, Row
from tests.counts.counting import DAY, END, batch, entry, sums

Open = Callable[[Path], SqliteCounts]
MARK = b"0123456789abcdef"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "counts.sqlite3"


@pytest.fixture
async def opened() -> AsyncIterator[Open]:
    made: list[SqliteCounts] = []

    def opened(file: Path) -> SqliteCounts:
        made.append(SqliteCounts(file))
        return made[-1]

    yield opened
    for counts in made:
        await counts.close()


async def test_sums_are_kept_by_day_campaign_channel_measure_and_name(
    file: Path, opened: Open
) -> None:
    counts = opened(file)
    later = DAY + timedelta(days=1)
    await counts.write(batch(entry(), entry(), entry(END), entry(campaign="a-b", day=later)))
    await counts.write(batch(entry(END, campaign="a-b", day=later), entry()))

    rows = (
        Row(DAY, "", "telegram", "start", "", 3),
        Row(DAY, "", "telegram", "uitkomst", "geen", 1),
        Row(DAY, "", "telegram", "zelfcheck_afgerond", "", 1),
        Row(later, "a-b", "telegram", "start", "", 1),
        Row(later, "a-b", "telegram", "uitkomst", "geen", 1),
        Row(later, "a-b", "telegram", "zelfcheck_afgerond", "", 1),
    )
    for each in (counts, opened(file)):
        assert await each.read(None) == rows
        assert await each.read(later) == rows[3:]
        assert await each.read(later + timedelta(days=1)) == ()


async def test_only_its_owner_may_read_it(file: Path, opened: Open) -> None:
    await opened(file).write(batch(entry()))
    made = [file.parent, *file.parent.iterdir()]
    assert len(made) == 4
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in made} == {0}


async def test_nothing_is_made_by_looking(file: Path, opened: Open) -> None:
    assert await opened(file).read(None) == ()
    assert not file.parent.exists()
    file.parent.mkdir()
    file.touch()
    assert await opened(file).read(None) == ()
    assert file.stat().st_size == 0


@pytest.mark.parametrize("name", [":memory:", "a?mode=memory", "file:x", "é %20 #.db"])
async def test_a_name_is_a_name(
    name: str, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await opened(Path(name)).write(batch(entry()))
    assert (tmp_path / name).stat().st_size
    assert sums(await opened(tmp_path / name).read(None)) == {"start": 1}


async def test_a_mark_counts_once_in_whatever_batch_and_process(file: Path, opened: Open) -> None:
    one, other = opened(file), opened(file)
    await one.write(batch(entry(once=MARK), entry(END, once=MARK), entry(once=MARK)))
    for counts in (one, other, opened(file)):
        await counts.write(batch(entry(once=MARK), entry(), entry(once=os.urandom(16))))

    assert sums(await one.read(None)) == {"start": 7}


async def test_many_marks_at_once(file: Path, opened: Open) -> None:
    counts = opened(file)
    marks = [os.urandom(16) for _ in range(5_000)]
    await counts.write(batch(*(entry(once=mark) for mark in marks[:3_000])))
    await counts.write(batch(*(entry(once=mark) for mark in marks)))

    assert sums(await counts.read(None)) == {"start": 5_000}


async def test_marks_are_kept_for_two_days(file: Path, opened: Open) -> None:
    counts = opened(file)

    def known() -> list[bytes]:
        with closing(sqlite3.connect(file)) as looking:
            return [mark for [mark] in looking.execute("SELECT mark FROM marks")]

    for days in range(4):
        day = DAY + timedelta(days=days)
        await counts.write(batch(entry(once=b"%d" % days, day=day)))
        # What came yesterday comes again today.
        if days:
            await counts.write(batch(entry(once=b"%d" % (days - 1), day=day)))
        assert len(known()) == min(days + 1, 2)
    # Of a clock that is set back nothing goes.
    await counts.write(batch(entry(once=b"back", day=DAY - timedelta(days=9))))
    assert known() == [b"2", b"3", b"back"]
    assert sums(await counts.read(None)) == {"start": 5}


async def test_several_write_at_the_same_time(file: Path, opened: Open) -> None:
    async def write(counts: SqliteCounts) -> None:
        for number in range(100):
            await counts.write(batch(entry(), entry(END, once=number.to_bytes(16))))

    await asyncio.gather(*(write(opened(file)) for _ in range(4)))
    assert sums(await opened(file).read(None)) == {
        "start": 400,
        "zelfcheck_afgerond": 100,
        "uitkomst geen": 100,
    }


async def test_a_file_that_was_put_aside_is_written_no_longer(file: Path, opened: Open) -> None:
    counts, other = opened(file), opened(file)
    for each in (counts, other):
        await each.write(batch(entry()))
    aside = file.rename(file.with_name("aside.sqlite3"))
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).rename(f"{aside}{beside}")
    assert await counts.read(None) == ()
    for each in (counts, other):
        await each.write(batch(entry(END)))

    assert sums(await counts.read(None)) == {"zelfcheck_afgerond": 2, "uitkomst geen": 2}
    assert sums(await opened(aside).read(None)) == {"start": 2}


async def filled(file: Path) -> bytes:
    """A file with sums of a year, and all that is in it."""
    counts = SqliteCounts(file)
    days = (DAY - timedelta(days=days) for days in range(365))
    await counts.write(batch(*(entry(END, day=day, campaign="a-b") for day in days)))
    await counts.write(batch(*(entry(once=os.urandom(16)) for _ in range(200))))
    await counts.close()
    assert not file.with_name(file.name + "-wal").exists()
    return file.read_bytes()


async def why(file: Path) -> str:
    """What is wrong with it; empty when it can be written to and read from."""
    counts = SqliteCounts(file)
    try:
        await counts.write(batch(entry()))
        await counts.read(None)
    except CountsUnavailable as error:
        return error.why
    finally:
        await counts.close()
    return ""


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_no_database_is_damaged(seed: int, file: Path) -> None:
    file.parent.mkdir()
    for length in (1, 15, 16, 99, 100, 511, 512, 4_096, 50_000):
        damaged = random.Random(seed).randbytes(length)
        file.write_bytes(damaged)
        assert await why(file) == "damaged"
        assert file.read_bytes() == damaged


async def test_a_file_that_was_cut_off_is_damaged(file: Path) -> None:
    whole = await filled(file)
    lengths = [*range(1, 200, 7), *range(200, len(whole), 1_237), *range(4_096, len(whole), 4_096)]
    for length in (*lengths, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert await why(file) == "damaged", length
        assert file.read_bytes() == whole[:length]
    file.write_bytes(whole)
    assert await why(file) == ""


async def test_pages_full_of_nonsense_are_damage(file: Path) -> None:
    whole = await filled(file)
    for page in range(1, len(whole) // 4_096):
        damaged = bytearray(whole)
        damaged[page * 4_096 : (page + 1) * 4_096] = random.Random(page).randbytes(4_096)
        file.write_bytes(damaged)
        assert await why(file) == "damaged", page
        assert file.read_bytes() == damaged


async def test_whatever_is_changed_nothing_else_comes_out(file: Path) -> None:
    whole = await filled(file)
    chance = random.Random(1)
    for _ in range(100):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            # Most of them in the head, where a file says what it is.
            damaged[chance.randrange(chance.choice((100, len(whole))))] = chance.randrange(256)
        for beside in ("-wal", "-shm", "-journal"):
            file.with_name(file.name + beside).unlink(missing_ok=True)
        file.write_bytes(damaged)
        assert await why(file) in ("", "damaged", "strange", "read_only")


OTHERS = {
    "of something else": "CREATE TABLE t (x); PRAGMA application_id = 5",
    "without a name": "CREATE TABLE sums (x)",
    "newer": "CREATE TABLE t (x); PRAGMA application_id = 0x636F7072; PRAGMA user_version = 2",
    "only a version": "PRAGMA user_version = 1",
    "other tables": "CREATE TABLE t (x); PRAGMA application_id = 0x636F7072; PRAGMA user_version=1",
    "other columns": """
        CREATE TABLE sums (day); CREATE TABLE marks (mark);
        PRAGMA application_id = 0x636F7072; PRAGMA user_version = 1
    """,
}


@pytest.mark.parametrize("script", OTHERS.values(), ids=OTHERS)
async def test_what_is_not_ours_stays_as_it_is(script: str, file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)
    before = file.read_bytes()
    assert await why(file) == "strange"
    with pytest.raises(CountsUnavailable, match="strange"):
        await SqliteCounts(file).read(None)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "row",
    [
        ("no day", "", "web", "start", "", 1),
        (b"\xff", "", "web", "start", "", 1),
        (5, "", "web", "start", "", 1),
        ("2027-05-14", "", "web", "start", "", "many"),
        ("2027-05-14", b"\xff", "web", "start", "", 1),
        ("2027-05-14", "", "web", 7.5, b"", 1),
    ],
)
async def test_rows_that_we_never_wrote(row: tuple[object, ...], file: Path, opened: Open) -> None:
    await filled(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?)", row)
    with pytest.raises(CountsUnavailable, match="strange"):
        await opened(file).read(None)
    await opened(file).write(batch(entry()))


async def test_a_text_that_is_none_is_damage(file: Path, opened: Open) -> None:
    await filled(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE sums SET name = CAST(x'ff' AS TEXT) WHERE name <> ''")
    with pytest.raises(CountsUnavailable, match="damaged"):
        await opened(file).read(None)


async def test_the_day_of_the_clock_may_be_any(file: Path, opened: Open) -> None:
    counts = opened(file)
    for day in (date.min, date.max, DAY, date(1970, 1, 1)):
        await counts.write(batch(entry(day=day, once=os.urandom(16))))
    assert [row.day for row in await counts.read(None)] == [
        date.min,
        date(1970, 1, 1),
        DAY,
        date.max,
    ]
