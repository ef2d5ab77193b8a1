"""What a row of the tables of bad content is."""

from dataclasses import dataclass

MARK = "¦"
WHOLE = ""  # as the old text: the whole file


@dataclass(frozen=True, slots=True)
class Bad:
    """In one file each old text becomes a new one; ``said`` is what the check then reports.

    In the new texts ``¦`` stands before each place that is reported, in the order of ``said``;
    with one mark everything is reported there. So a row counts no lines, and keeps its meaning
    when the content is edited.
    """

    rule: str
    file: str
    edits: dict[str, str]
    said: tuple[str, ...]


def bad(rule: str, file: str, edits: dict[str, str], *said: str) -> Bad:
    return Bad(rule, file, edits, said)
