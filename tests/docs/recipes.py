"""Carries out the steps of the editor's guide, as somebody would who follows them to the letter.

A step is a line that says where, and below it the code that goes there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STEP = re.compile(
    r"^ *(?:\d\. )?(?P<where>[^\n]*:)\n\n(?P<indent> *)```yaml\n(?P<code>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
_NEW = re.compile(r"Maak het bestand `([^`]+)`:$")
_AT_THE_END = re.compile(r"Onderaan in `([^`]+)`:$")
_BELOW = re.compile(r"In `([^`]+)`,(?: bij `(\w+)`,)? onder `(\w+)`:$")
_IN_FRONT = re.compile(r"In `([^`]+)`, bij `(\w+)`, vooraan in de lijst `(\w+)`:$")


@dataclass(frozen=True, slots=True)
class Step:
    where: str
    code: str


def steps(text: str) -> Iterator[Step]:
    """The steps of a section, in order."""
    for found in _STEP.finditer(text):
        code = re.sub(rf"^{found['indent']}", "", found["code"], flags=re.MULTILINE)
        yield Step(found["where"], code)


def carry_out(step: Step, folder: Path) -> None:
    """Change the content in a folder. Raises ValueError for a place that cannot be found."""
    if found := _NEW.search(step.where):
        path = folder / found[1]
        if path.exists():
            raise ValueError(step.where)
        path.write_text(step.code, encoding="utf-8")
    elif found := _AT_THE_END.search(step.where):
        path = folder / found[1]
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text.rstrip()}\n\n{step.code}", encoding="utf-8")
    elif found := _BELOW.search(step.where):
        _insert(folder / found[1], found[2], rf"^ *{found[3]}:\n", step.code)
    elif found := _IN_FRONT.search(step.where):
        _insert(folder / found[1], found[2], rf"^ *{found[3]}: \[", f"{step.code.strip()} ")
    else:
        raise ValueError(step.where)


def _insert(path: Path, record: str | None, behind: str, code: str) -> None:
    """Behind the first place that fits, in the record with this id when there is one."""
    text = path.read_text(encoding="utf-8")
    start = 0 if record is None else text.index(f"- id: {record}\n")
    found = re.compile(behind, re.MULTILINE).search(text, start)
    if found is None or (record and "\n- id: " in text[start + 1 : found.end()]):
        raise ValueError(f"{path.name}: {record}")
    path.write_text(text[: found.end()] + code + text[found.end() :], encoding="utf-8")
