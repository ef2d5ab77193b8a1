"""Reads the content of a folder and reports every problem of all its files at once."""

import hashlib
from pathlib import Path
from typing import TypeVar

from dialogues.content import (
    Content,
    Form,
    Outcome,
    Question,
    Reference,
    Remark,
    Rows,
    Term,
    Words,
)
from dialogues.fields import record
from dialogues.problems import Problems
from dialogues.references import check_references
from dialogues.texts import Texts
from dialogues.yaml_source import Source, Word, open_source

FOLDER = Path(__file__).parents[1] / "content"
T = TypeVar("T")


def load(folder: Path = FOLDER) -> Content:
    """Read and check the content of a folder. Raises ContentError with every problem found."""
    problems = Problems()
    files = {
        "questions": _read_rows(Question, folder / "vragen.yaml", problems),
        "outcomes": _read_rows(Outcome, folder / "uitkomsten.yaml", problems),
        "forms": _read_rows(Form, folder / "vormen.yaml", problems),
        "remarks": _read_rows(Remark, folder / "opmerkingen.yaml", problems),
        "terms": _read_rows(Term, folder / "begrippen.yaml", problems),
        "references": _read_rows(Reference, folder / "bronnen.yaml", problems),
        "words": read_record(Words, folder / "woorden.yaml", problems),
        "texts": read_record(Texts, folder / "teksten.yaml", problems),
    }
    if any(part is None for part in files.values()):
        raise problems.error()
    content = Content(**files, version=_version(folder))  # type: ignore[arg-type]  # none is None
    check_references(content, problems)
    if problems:
        raise problems.error()
    return content


def read_record(kind: type[T], path: Path, problems: Problems) -> T | None:
    """Read a file that is one mapping; also for the texts that only one channel needs."""
    source = open_source(path, f"{path.parent.name}/{path.name}", problems)
    return None if source is None else record(kind)(source)


def _read_rows(kind: type[T], path: Path, problems: Problems) -> "Rows[T] | None":
    source = open_source(path, f"{path.parent.name}/{path.name}", problems)
    if source is None:
        return None
    items = list(source.items())
    if not items:
        return None
    rows: Rows[T] = Rows()
    rows.declared = {word for item in items if (word := _declared_id(item))}
    read = record(kind)
    for item in items:
        row = read(item)
        name = _declared_id(item)
        if name in rows and name is not None:
            problems.add(name.place, "dubbele_id", woord=name)
        elif row is not None and name is not None:
            rows[name] = row
    return rows


def _declared_id(item: Source) -> Word | None:
    entry = item.entries().get(Word("id"))
    return None if entry is None else entry.word()


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
