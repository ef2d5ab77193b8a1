"""Figures as plain tables, with what they should be beside them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure must be and what is aimed for; ``low``: less is better."""

    must: float
    aim: float
    low: bool = False

    def judge(self, figure: float) -> str:
        sign = "<=" if self.low else ">="
        verdicts = []
        for word, limit in (("must", self.must), ("aim", self.aim)):
            met = figure <= limit if self.low else figure >= limit
            verdicts.append(f"{word} {sign} {limit:g} {'met' if met else 'MISSED'}")
        return ", ".join(verdicts)


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first and the last column are words, the others figures."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print(f"\n{title}\n")
    for number, (first, *figures, last) in enumerate(lines):
        cells = [first.ljust(widths[0]), *map(str.rjust, figures, widths[1:-1]), last]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
    print(flush=True)
