"""Reading a PDF back with programs of others: its text, its structure, its pictures."""

import io
import json
import subprocess
from collections.abc import Iterator
from typing import Any

import deqr
import pikepdf

SHARP = 200  # dots per inch, as a phone sees a printed page
Corners = tuple[tuple[int, int], ...]


def text_of(data: bytes) -> str:
    """What can be read, in its own order, without any white space: lines break anywhere."""
    command = ["pdftotext", "-raw", "-", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as document:
        return len(document.pages)


def attached(data: bytes) -> dict[str, Any]:
    """The one attachment, a JSON object."""
    with pikepdf.open(io.BytesIO(data)) as document:
        ((name, file),) = document.attachments.items()
        assert name == "antwoorden.json"
        found: dict[str, Any] = json.loads(file.get_file().read_bytes())
        return found


def elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every element of the structure tree, in reading order."""
    waiting = [document.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if "/S" in node:
            yield node
        below: pikepdf.Object | list[pikepdf.Object] = node.get("/K", [])
        kids = list(below) if isinstance(below, pikepdf.Array) else [below]
        waiting += [kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary)]


def header_scopes(document: pikepdf.Pdf) -> list[str]:
    """What each header cell of a table is the header of."""
    cells = [element for element in elements(document) if element.S == "/TH"]
    return [
        str(attribute.Scope)
        for cell in cells
        for attribute in (cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A])
        if "/Scope" in attribute
    ]


def targets(data: bytes) -> set[str]:
    """Where the links lead that can be clicked."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return {
            str(note.A.URI)
            for page in document.pages
            for note in page.get("/Annots", [])
            if note.Subtype == "/Link"
        }


def codes(data: bytes) -> list[str]:
    """What the QR codes on the pages say."""
    return [said for picture in pictures(data) for said, _ in seen(*picture)]


def pictures(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each page as a picture: its pixels, one byte of grey each, with the width and the height."""
    command = ["pdftoppm", "-gray", "-r", str(SHARP), "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    rest = done.stdout
    while rest:
        _, size, _, rest = rest.split(b"\n", 3)
        width, height = map(int, size.split())
        pixels, rest = rest[: width * height], rest[width * height :]
        yield pixels, width, height


def seen(pixels: bytes, width: int, height: int) -> Iterator[tuple[str, Corners]]:
    """What the QR codes in a picture say, and where their corners are."""
    for code in deqr.QRdecDecoder().decode((pixels, (width, height))):
        yield "".join(str(entry.data) for entry in code.data_entries), code.corners
