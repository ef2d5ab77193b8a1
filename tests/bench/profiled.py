"""Where the time of a turn goes: our adapter in process, with the profiler of Python.

The profiler makes small functions look larger than they are: it shows where to look, and not how
much there is to win.
"""

import asyncio
import cProfile
import pstats
import re
import sys
from collections import defaultdict
from operator import itemgetter
from pathlib import Path

from dialogues.flow import Flow
from dialogues.loader import load
from tests.bench.dialogue import DIALOGUE
from tests.bench.ours import OursInProcess
from tests.bench.script import PEOPLE, Script
from tests.bench.tables import show

ROUNDS = 5
_MOST = 12
_ROOT = str(Path(__file__).parents[2])
_PACKAGE = re.compile(r"site-packages/([^/.]+)")


def part_of(file: str) -> str:
    """The module of ours, the package of others, or Python itself."""
    if file.startswith(_ROOT) and "site-packages" not in file:
        return str(Path(file).relative_to(_ROOT))
    package = _PACKAGE.search(file)
    return package[1] if package else "Python"


async def main() -> None:
    script = Script(OursInProcess(Flow(load())))
    await script.prepare()
    await script.round()
    profile = cProfile.Profile()
    with profile:
        for _ in range(ROUNDS):
            await script.round()
    stats = pstats.Stats(profile, stream=sys.stdout)
    spent: dict[str, float] = defaultdict(float)
    # By file, line and name: calls, calls that are no recursion, own seconds, all seconds, callers.
    figures: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    figures = stats.stats  # type: ignore[attr-defined]  # documented, but not in the types
    for place, figure in figures.items():
        spent[part_of(place[0])] += figure[2]
    turns = ROUNDS * PEOPLE * len(DIALOGUE)
    whole = sum(spent.values())
    show(
        "where the time of a turn goes, under the profiler",
        ("", "us per turn", "share"),
        [
            (name, f"{1e6 * seconds / turns:.0f}", f"{100 * seconds / whole:.0f} %")
            for name, seconds in sorted(spent.items(), key=itemgetter(1), reverse=True)[:_MOST]
        ],
    )
    stats.strip_dirs().sort_stats("tottime").print_stats(_MOST)


if __name__ == "__main__":
    asyncio.run(main())
