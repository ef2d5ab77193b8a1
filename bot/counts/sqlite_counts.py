"""The sums in one SQLite file, which processes on the same machine may share.

What was written survives the end of the process, however it comes. A thread does the work, because
a disk can be slow. A file that is damaged or somebody else's is never written to.
"""

import asyncio
import os
import sqlite3
from collections import Counter as Sums
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from bot.counts.store import Batch, CountsUnavailable, Entry, Row, Trouble

_APPLICATION = 0x636F7072  # "copr", how the file says whose it is
_VERSION = 1
_BUSY = 0.2  # seconds to wait for another process
_MARKS_KEPT = timedelta(days=1)  # besides today; Telegram brings an update again for a day
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS sums (
    day TEXT NOT NULL, campaign TEXT NOT NULL, channel TEXT NOT NULL, measure TEXT NOT NULL,
    name TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (day, campaign, channel, measure, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (
    mark BLOB PRIMARY KEY, day TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_ADD = """
INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET number = number + excluded.number
"""
_TROUBLES: dict[str, Trouble] = {
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_CANTOPEN": "read_only",
    "SQLITE_FULL": "full",
    "SQLITE_IOERR_WRITE": "full",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
}
T = TypeVar("T")


class SqliteCounts:
    """The file is made at the first write, with its folder; only its owner may read it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, "counts")
        self._connection: sqlite3.Connection | None = None
        self._pruned = date.min

    async def write(self, batch: Batch) -> None:
        await self._in_thread(lambda: self._write(batch))

    async def read(self, since: date | None) -> Sequence[Row]:
        return await self._in_thread(lambda: self._read(since))

    async def close(self) -> None:
        with suppress(CountsUnavailable):
            await self._in_thread(self._disconnect)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._judged, work)

    def _judged(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.Error as error:
            self._disconnect()
            raise CountsUnavailable(_trouble(error)) from error
        except OSError as error:
            self._disconnect()
            raise CountsUnavailable("full" if error.errno == 28 else "read_only") from error

    def _write(self, batch: Batch) -> None:
        connection = self._connected()
        with _transaction(connection):
            sums = Sums[tuple[str, ...]]()
            for entry in batch.entries:
                if self._is_new(connection, entry):
                    sums.update(_keys(entry))
            connection.executemany(_ADD, ((*key, number) for key, number in sums.items()))
            self._prune(connection, batch)

    def _is_new(self, connection: sqlite3.Connection, entry: Entry) -> bool:
        if not entry.once:
            return True
        row = (entry.once, entry.day.isoformat())
        return connection.execute("INSERT OR IGNORE INTO marks VALUES (?, ?)", row).rowcount == 1

    def _prune(self, connection: sqlite3.Connection, batch: Batch) -> None:
        """Marks go when Telegram cannot bring their update any more."""
        latest = max((entry.day for entry in batch.entries), default=date.min)
        if latest > self._pruned:
            oldest = (latest - _MARKS_KEPT).isoformat()
            connection.execute("DELETE FROM marks WHERE day < ?", (oldest,))
            self._pruned = latest

    def _read(self, since: date | None) -> Sequence[Row]:
        if not self._path.exists():
            return ()
        connection = self._connection or _opened_to_read(self._path)
        try:
            _check_owner(connection)
            rows = connection.execute(
                "SELECT * FROM sums WHERE day >= ? ORDER BY day, campaign, channel, measure, name",
                ("" if since is None else since.isoformat(),),
            ).fetchall()
        finally:
            if connection is not self._connection:
                connection.close()
        return tuple(Row(date.fromisoformat(day), *rest) for day, *rest in rows)

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite would let everybody read it.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            connection = _connect(str(self._path))
            try:
                _check_owner(connection)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.executescript(_SCHEMA)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _connect(name: str, *, uri: bool = False) -> sqlite3.Connection:
    # The thread that works on it may be another one at the end.
    return sqlite3.connect(
        name, timeout=_BUSY, isolation_level=None, check_same_thread=False, uri=uri
    )


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """Also when nothing may be written beside it, as a reader in WAL mode usually must."""
    address = path.absolute().as_uri()
    connection = _connect(f"{address}?mode=ro", uri=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        return _connect(f"{address}?immutable=1", uri=True)
    return connection


def _check_owner(connection: sqlite3.Connection) -> None:
    """Raises CountsUnavailable for a database of something else, or of a newer version."""
    [owner] = connection.execute("PRAGMA application_id").fetchone()
    [version] = connection.execute("PRAGMA user_version").fetchone()
    empty = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    if not (empty and owner == version == 0) and (owner, version) != (_APPLICATION, _VERSION):
        raise CountsUnavailable("strange")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _keys(entry: Entry) -> Iterator[tuple[str, ...]]:
    day = entry.day.isoformat()
    for count in entry.counts:
        yield day, entry.campaign, entry.channel, count.measure, count.name


def _trouble(error: sqlite3.Error) -> Trouble:
    name = getattr(error, "sqlite_errorname", "")
    for beginning, trouble in _TROUBLES.items():
        if name.startswith(beginning):
            return trouble
    return "damaged" if name.startswith("SQLITE_IOERR_SHORT_READ") else "unreachable"
