"""Reads the content of a folder and reports every problem of all its files at once."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from dialogues.content import (
    Content,
    Example,
    Form,
    Outcome,
    Question,
    Reference,
    Remark,
    Rows,
    Term,
    Words,
    topic_of,
)
from dialogues.fields import record
from dialogues.problems import Problems
from dialogues.references import check_references
from dialogues.texts import Texts
from dialogues.yaml_source import Source, Word, open_source

FOLDER = Path(__file__).parents[1] / "content"
TERMS_FOLDER = "begrippen"
T = TypeVar("T")


def load(folder: Path = FOLDER) -> Content:
    """Read and check the content of a folder. Raises ContentError with every problem found."""
    problems = Problems()
    files = {
        "questions": _read_rows(Question, [folder / "vragen.yaml"], problems),
        "outcomes": _read_rows(Outcome, [folder / "uitkomsten.yaml"], problems),
        "forms": _read_rows(Form, [folder / "vormen.yaml"], problems),
        "remarks": _read_rows(Remark, [folder / "opmerkingen.yaml"], problems),
        "terms": _read_rows(Term, _term_files(folder), problems),
        "examples": _read_rows(Example, [folder / "voorbeelden.yaml"], problems),
        "references": _read_rows(Reference, [folder / "bronnen.yaml"], problems),
        "words": read_record(Words, folder / "woorden.yaml", problems),
        "texts": read_record(Texts, folder / "teksten.yaml", problems),
    }
    if any(part is None for part in files.values()):
        raise problems.error()
    topics = _topics(files["terms"], files["texts"])  # type: ignore[arg-type]  # none is None
    version = _version(folder)
    content = Content(**files, topics=topics, version=version)  # type: ignore[arg-type]  # idem
    check_references(content, problems)
    if problems:
        raise problems.error()
    return content


def read_record(kind: type[T], path: Path, problems: Problems) -> T | None:
    """Read a file that is one mapping; also for the texts that only one channel needs."""
    source = open_source(path, shown_name(path), problems)
    return None if source is None else record(kind)(source)


def shown_name(path: Path) -> str:
    """How problems call a file: with the folders from the one of the content on."""
    # The content may stand in the folder where the program runs, or at the top of a disk.
    names = path.absolute().parts[1:]
    return "/".join(names[-3:] if path.parent.name == TERMS_FOLDER else names[-2:])


def _term_files(folder: Path) -> list[Path]:
    # Without the folder this names a file that is not there, and that is reported.
    return sorted((folder / TERMS_FOLDER).glob("*.yaml")) or [folder / TERMS_FOLDER / "*.yaml"]


def _read_rows(kind: type[T], paths: Iterable[Path], problems: Problems) -> "Rows[T] | None":
    """The records of all files together; None when a file cannot be read or has none."""
    rows: Rows[T] = Rows()
    rows.declared = set()
    complete = True
    for path in paths:
        source = open_source(path, shown_name(path), problems)
        items = [] if source is None else list(source.items())
        complete = complete and bool(items)
        names = [_declared_id(item) for item in items]
        rows.declared.update(filter(None, names))
        for item, name in zip(items, names, strict=True):
            _read_row(kind, item, name, rows, problems)
    return rows if complete else None


def _read_row(
    kind: type[T], item: Source, name: Word | None, rows: "Rows[T]", problems: Problems
) -> None:
    row = record(kind)(item)
    if name in rows and name is not None:
        problems.add(name.place, "dubbele_id", woord=name)
    elif row is not None and name is not None:
        rows[name] = row


def _topics(terms: Rows[Term], texts: Texts) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {topic: [] for topic in texts.topics}
    for term in terms.values():
        # Of a file that is no topic, the check of the references tells.
        found.setdefault(topic_of(term), []).append(term.id)
    return {topic: tuple(names) for topic, names in found.items() if topic in texts.topics}


def _declared_id(item: Source) -> Word | None:
    entry = item.entry("id")
    return None if entry is None else entry.word()


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
