"""Writing files where somebody asked for them: whole or not at all."""

import errno
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_STANDARD_OUTPUT = "-"
_WHY = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "no_folder",
    errno.EISDIR: "is_folder",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "no_permission",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
}


class NotWritten(Exception):
    """The file cannot be made. ``why`` is a field of the command-line texts."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        self.why = _WHY.get(error.errno or 0, "write_failed")
        super().__init__(self.why)


def write(data: bytes, out: str, standard: BinaryIO) -> None:
    """Write to the file ``out``, or to ``standard`` when that is ``-``. Raises NotWritten.

    What goes wrong with ``standard`` is left to the caller: it is the one who knows that stream.
    """
    if out == _STANDARD_OUTPUT:
        standard.write(data)
        standard.flush()
        return
    write_file(data, Path(out))


def write_file(data: bytes, path: Path) -> None:
    """A file that is there already is replaced by the whole new one, or stays as it is.

    Raises NotWritten.
    """
    with told_of(path):
        if path.exists() and not path.is_file():
            # A device or a pipe has no half file. A folder is refused here.
            path.write_bytes(data)
            return
    # A link keeps pointing to its file.
    with written_beside({path.resolve(): data}) as put:
        put()


@contextmanager
def written_beside(files: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """Write each file beside its place; what this gives puts them all there.

    So what can go wrong, such as a full disk, does so before anything has changed. Raises
    NotWritten.
    """
    parts = {path: path.with_name(f".{os.getpid()}.{path.name}.part") for path in files}

    def put() -> None:
        for path, part in parts.items():
            with told_of(path):
                part.replace(path)

    try:
        for path, part in parts.items():
            with told_of(path):
                if path.is_dir():
                    # No file can take its place, which would come to light halfway through.
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                part.write_bytes(files[path])
        yield put
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """What goes wrong inside is about this path. Raises NotWritten."""
    try:
        yield
    except OSError as error:
        raise NotWritten(path, error) from error
