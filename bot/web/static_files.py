"""The files that pages refer to: read once, under names that change with what is in them."""

import hashlib
import mimetypes
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_FOLDER = files(__package__) / "static"
THEME = "theme.css"
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str


class StaticFiles:
    """``theme`` is the style sheet of an organisation; it comes after ours, or is empty."""

    def __init__(self, theme: str = "") -> None:
        self._files: dict[str, _File] = {}
        self._named: dict[str, str] = {}
        for file in _all_files(_FOLDER):
            self._add(file.name, file.read_bytes())
        if theme:
            self._add(THEME, theme.encode())

    def address(self, name: str) -> str:
        """Where a file is. Raises KeyError for one that is not there."""
        return f"/static/{self._named[name]}"

    async def respond(self, request: Request) -> Response:
        """The file of the route parameter ``name``. Raises HTTPException 404."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        return Response(file.content, media_type=file.media_type, headers=_FOREVER)

    def _add(self, name: str, content: bytes) -> None:
        stem, _, ending = name.rpartition(".")
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._named[name] = hashed
        self._files[hashed] = _File(content, media_type)


def _all_files(folder: Traversable) -> list[Traversable]:
    found = []
    for entry in folder.iterdir():
        found += _all_files(entry) if entry.is_dir() else [entry]
    return found
