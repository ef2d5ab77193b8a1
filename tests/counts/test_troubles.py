"""What can be wrong with the file of the counts: said, survived, and made up for afterwards."""

import asyncio
import errno
import logging
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bot.counts.counter import Counter
from bot.counts.measures import Channel
from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.sqlite_file import trouble_of
from bot.metrics import Metrics
from tests.counts.counting import START, batch, entry, sums

NOBODY = 65_534
FULL_AT = 100  # bytes; less than anything that is written
SOON = 0.01  # seconds before something that failed is tried again
SECRET = "a-campaign-nobody-may-read-of"
Trouble = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture
def file() -> Iterator[Path]:
    # Not below `tmp_path`: nobody else may come there.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "state").mkdir()
        yield Path(folder) / "state" / "counts.sqlite3"


@contextmanager
def _as_nobody() -> Iterator[None]:
    """For root nothing is read-only."""
    if root := os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@contextmanager
def a_read_only_file(file: Path) -> Iterator[None]:
    file.chmod(0o444)
    with _as_nobody():
        yield
    file.chmod(0o600)


@contextmanager
def a_read_only_folder(file: Path) -> Iterator[None]:
    file.chmod(0o666)
    file.parent.chmod(0o555)
    with _as_nobody():
        yield
    file.parent.chmod(0o700)
    file.chmod(0o600)


@contextmanager
def something_in_its_place(file: Path, make: Callable[[], object]) -> Iterator[None]:
    kept = file.rename(file.with_name("kept"))
    make()
    yield
    (shutil.rmtree if file.is_dir() else os.unlink)(file)
    kept.rename(file)


@contextmanager
def a_folder(file: Path) -> Iterator[None]:
    with something_in_its_place(file, file.mkdir):
        yield


@contextmanager
def nonsense(file: Path) -> Iterator[None]:
    with something_in_its_place(file, lambda: file.write_bytes(os.urandom(9_000))):
        yield


@contextmanager
def something_else(file: Path) -> Iterator[None]:
    def make() -> None:
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE recipes (name)")
        connection.close()

    with something_in_its_place(file, make):
        yield


@contextmanager
def a_full_disk(file: Path) -> Iterator[None]:
    """No file of this process may grow; Python leaves the signal out, so a write just fails."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_AT, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@contextmanager
def somebody_who_keeps_it_locked(file: Path) -> Iterator[None]:
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("COMMIT")
    other.close()


TROUBLES: dict[Trouble, str] = {
    a_read_only_file: "read_only",
    a_read_only_folder: "read_only",
    a_folder: "strange",
    nonsense: "damaged",
    something_else: "strange",
    a_full_disk: "full",
    somebody_who_keeps_it_locked: "busy",
}


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
async def test_it_is_said_and_made_up_for(
    trouble: Trouble, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    before = SqliteCounts(file)
    await before.write(batch(entry(), entry(), entry()))
    await before.close()
    counter = Counter(SqliteCounts(file), Metrics(), SOON)

    with trouble(file):
        counter.start()
        for number in range(4):
            await counter.add(START, Channel.WEB, SECRET, number.to_bytes(16))
        while not caplog.messages:
            await asyncio.sleep(SOON)
        # It is tried again, and nobody is told of that.
        await asyncio.sleep(5 * SOON)
    while "the counts are written again" not in caplog.messages:
        await asyncio.sleep(SOON)
    for number in range(2, 6):
        await counter.add(START, Channel.WEB, SECRET, number.to_bytes(16))

    assert sums(await counter.read()) == {"start": 3, f"{SECRET} start": 6}
    assert caplog.messages == [
        f"the counts cannot be written ({TROUBLES[trouble]}); trying again later",
        "the counts are written again",
    ]
    await counter.close()


@pytest.mark.parametrize("trouble", [a_full_disk, somebody_who_keeps_it_locked])
async def test_it_may_come_while_the_file_is_open(trouble: Trouble, file: Path) -> None:
    counter = Counter(SqliteCounts(file), Metrics(), SOON)
    for round_ in range(3):
        await counter.add(START, Channel.WEB, once=b"before %d" % round_)
        with trouble(file):
            for number in range(4):
                await counter.add(START, Channel.WEB, once=b"%d %d" % (round_, number))
    while sums(await counter.read()) != {"start": 15}:
        await asyncio.sleep(SOON)
    await counter.close()


async def test_a_full_disk_harms_nothing_that_was_counted(file: Path) -> None:
    before = SqliteCounts(file)
    await before.write(batch(entry(), entry()))
    counter = Counter(SqliteCounts(file), Metrics(), pause=1_000.0)
    with a_full_disk(file):
        counter.start()
        await counter.add(START, Channel.WEB)
        # Reading needs no room, also for who comes new.
        for counts in (before, SqliteCounts(file)):
            assert sums(await counts.read(None)) == {"start": 2}
    await counter.close()
    assert sums(await before.read(None)) == {"start": 3}
    await before.close()


async def test_what_can_only_be_read_is_read(file: Path) -> None:
    counts = SqliteCounts(file)
    await counts.write(batch(entry(), entry()))
    await counts.close()
    file.chmod(0o444)
    file.parent.chmod(0o555)
    with _as_nobody():
        reader = SqliteCounts(file)
        assert sums(await reader.read(None)) == {"start": 2}
        await reader.close()
        assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("place", ["/dev/full", "/dev/null", "/proc/counts/x", "/proc/self/mem"])
async def test_places_that_are_no_files(place: str, caplog: pytest.LogCaptureFixture) -> None:
    counter = Counter(SqliteCounts(Path(place)), Metrics())
    counter.start()
    await counter.add(START, Channel.WEB)
    while not caplog.messages:
        await asyncio.sleep(SOON)
    await counter.close()
    [said, ended] = caplog.messages
    assert said.startswith("the counts cannot be written (")
    assert ended == "the program ends with counts that could not be written"


def test_what_the_system_says_has_a_reason() -> None:
    whys = {trouble_of(OSError(code, "")) for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)}
    assert whys == {"full"}
    assert {trouble_of(OSError(code, "")) for code in (errno.EACCES, errno.EROFS)} == {"read_only"}
    assert trouble_of(OSError(errno.EISDIR, "")) == "strange"
