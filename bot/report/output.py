"""Writing a report where somebody asked for it: whole or not at all."""

import errno
import os
from pathlib import Path
from typing import BinaryIO

_STANDARD_OUTPUT = "-"
_WHY = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "is_folder",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "no_permission",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
}


class NotWritten(Exception):
    """The file cannot be made. ``why`` is a field of the command-line texts."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def write(data: bytes, out: str, standard: BinaryIO) -> None:
    """Write to the file ``out``, or to ``standard`` when that is ``-``. Raises NotWritten.

    A file that is there already is replaced by the whole new one, or stays as it is. What goes
    wrong with ``standard`` is left to the caller: it is the one who knows that stream.
    """
    if out == _STANDARD_OUTPUT:
        standard.write(data)
        standard.flush()
        return
    try:
        _write_file(data, Path(out))
    except OSError as error:
        raise NotWritten(_WHY.get(error.errno or 0, "write_failed")) from error


def _write_file(data: bytes, path: Path) -> None:
    if path.exists() and not path.is_file():
        # A device or a pipe has no half file. A folder is refused here.
        path.write_bytes(data)
        return
    # A link keeps pointing to its file.
    target = path.resolve()
    part = target.with_name(f".{os.getpid()}.{target.name}")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
