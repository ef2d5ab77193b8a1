"""Opens the file of the counts, and says what is wrong with one that cannot be used."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.counts.store import CountsUnavailable, Trouble

_APPLICATION = 0x636F7072  # "copr", how the file says whose it is
_VERSION = 1
_BUSY = 1.0  # seconds to wait for another process
_SMALLEST = 512  # bytes of a page
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
# By the beginning of SQLite's names.
_TROUBLES: dict[str, Trouble] = {
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_IOERR_SHORT_READ": "damaged",
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_CANTOPEN": "read_only",
    "SQLITE_FULL": "full",
    "SQLITE_IOERR_WRITE": "full",
    "SQLITE_IOERR_SHMSIZE": "full",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_PROTOCOL": "busy",
    "SQLITE_IOERR": "unreachable",
    "SQLITE_NOMEM": "unreachable",
}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_STRANGE = (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP)


def open_to_write(path: Path) -> sqlite3.Connection:
    """Make the file, with its folder, if it is not there; only its owner may read it.

    Raises CountsUnavailable, sqlite3.Error or OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite would let everybody read it.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = _connect(path, "mode=rw")
    try:
        if not _is_ours(connection):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection | None:
    """Also when nothing may be written beside it; None when nothing was counted yet.

    Raises CountsUnavailable, sqlite3.Error or OSError.
    """
    if not path.exists():
        return None
    try:
        return _opened_to_read(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if trouble_of(error) != "read_only":
            raise
    # Readers make a file beside it too, unless they are told that nobody writes.
    return _opened_to_read(path, "immutable=1")


def _opened_to_read(path: Path, how: str) -> sqlite3.Connection | None:
    connection = _connect(path, how)
    try:
        if _is_ours(connection):
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _connect(path: Path, how: str) -> sqlite3.Connection:
    # SQLite takes part of a page for a whole one. Beside what was not written back yet it may be.
    if path.stat().st_size % _SMALLEST and not path.with_name(f"{path.name}-wal").exists():
        raise CountsUnavailable("damaged")
    # As an address, because some names of files mean something else to SQLite.
    address = f"{path.absolute().as_uri()}?{how}"
    # The thread that works on it may be another one at the end.
    return sqlite3.connect(
        address, timeout=_BUSY, isolation_level=None, check_same_thread=False, uri=True
    )


def _is_ours(connection: sqlite3.Connection) -> bool:
    """False for one that is empty.

    Raises CountsUnavailable for a database that is damaged, of something else, or of a newer
    version.
    """
    with transaction(connection, "BEGIN"):
        [owner] = connection.execute("PRAGMA application_id").fetchone()
        [version] = connection.execute("PRAGMA user_version").fetchone()
        empty = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
        if empty and owner == version == 0:
            return False
        if (owner, version) != (_APPLICATION, _VERSION):
            raise CountsUnavailable("strange")
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise CountsUnavailable("damaged")
    return True


def touch(connection: sqlite3.Connection) -> None:
    """Write something that changes nothing: a disk that is full shows only then."""
    connection.execute(f"PRAGMA user_version = {_VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def identity(path: Path) -> tuple[int, int] | None:
    """Tells a file from another that has come in its place; None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def trouble_of(error: sqlite3.Error | OSError) -> Trouble:
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return "full"
        return "strange" if error.errno in _STRANGE else "read_only"
    # Python has found it itself when there is no name: a text that is none.
    name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
    # What is left is about tables that look different, as somebody made them.
    return next((_TROUBLES[start] for start in _TROUBLES if name.startswith(start)), "strange")
