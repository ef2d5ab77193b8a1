"""Reading the documents: their sections, tables, code and links."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
GUIDE = ROOT / "content" / "LEESMIJ.md"
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Every Markdown file that we wrote."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), GUIDE])


def blocks(path: Path, language: str) -> list[str]:
    """The fenced code of one language."""
    return [code for kind, code in _FENCE.findall(_text(path)) if kind == language]


def code(path: Path) -> str:
    """All code of a document, fenced or in a line, piece below piece."""
    text = _text(path)
    fenced = [found for _, found in _FENCE.findall(text)]
    return "\n".join([*fenced, *re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))])


def links(path: Path) -> list[str]:
    """Where the links of a document lead."""
    return re.findall(r"\]\(([^)\s]+)\)", _FENCE.sub("", _text(path)))


def anchors(path: Path) -> set[str]:
    """The headings of a document as the fragments that lead to them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", _text(path)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def section(path: Path, heading: str) -> str:
    """The text below a heading, up to the next heading of any level."""
    _, _, rest = _text(path).partition(f"\n{heading}\n")
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of the tables in a text: the heading of each column with its cell."""
    heading: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not cells:
            heading = []
        elif not heading:
            heading = cells
        elif set(cells) != {"---"}:
            yield dict(zip(heading, cells, strict=True))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
