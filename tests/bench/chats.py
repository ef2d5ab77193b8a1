"""Does a turn cost more, or the process grow, when many chats have been seen?

Each number of chats has a process of its own, which measures whenever it is told to: so the rounds
of all alternate, and what one remembers does not slow down the others.
"""

import asyncio
import gc
import os
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from dialogues.flow import Flow
from dialogues.loader import load
from tests.bench.ours import OursInProcess
from tests.bench.script import Script
from tests.bench.tables import Target, show

ROUNDS = 7
# More than are remembered; a million takes minutes, so only who asks for it gets that.
USUAL, ASKED = (0, 10_000, 110_000), (0, 10_000, 1_000_000)
_FLAT = Target(1.25, 1.1, low=True)
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Process:
    """One that has met this many chats."""

    def __init__(self, chats: int) -> None:
        self.chats = chats
        self.costs: list[float] = []
        command = (sys.executable, "-m", "tests.bench.chats", "meet", str(chats))
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.before, self.after = float(self._said()), float(self._said())

    def measure(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.costs.append(float(self._said()))

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def close(self) -> None:
        self._process.communicate()


def compare(numbers: tuple[int, ...]) -> None:
    with ExitStack() as stack:
        processes = []
        for chats in numbers:
            processes.append(Process(chats))
            stack.callback(processes[-1].close)
        for _ in range(ROUNDS):
            for process in processes:
                process.measure()
    rows = []
    first = processes[0].costs
    for process in processes:
        ratio = statistics.median(map(float.__truediv__, process.costs, first))
        rows.append(
            (
                f"{process.chats:,}",
                f"{statistics.median(process.costs):.0f}",
                f"{process.after:.1f}",
                f"{process.after - process.before:+.1f}",
                f"{ratio:.2f}",
                _FLAT.judge(ratio) if process.chats else "",
            )
        )
    show(
        f"our adapter in process after many chats, {ROUNDS} rounds, medians",
        ("chats seen", "us per turn", "MiB", "of which for chats", "of no chats", "target"),
        rows,
    )


async def meet(chats: int) -> None:
    """Meet them, and then measure at every line that comes in."""
    script = Script(OursInProcess(Flow(load())))
    await script.prepare()
    await script.round()
    print(_mebibytes(), flush=True)
    await script.meet(chats)
    print(_mebibytes(), flush=True)
    for _ in sys.stdin:
        print(await script.round(), flush=True)


def _mebibytes() -> float:
    """What the process takes of the memory of the machine."""
    gc.collect()
    resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(resident) * _PAGE / 2**20


def main() -> None:
    match sys.argv[1:]:
        case ["meet", chats]:
            asyncio.run(meet(int(chats)))
        case ["million"]:
            compare(ASKED)
        case _:
            compare(USUAL)


if __name__ == "__main__":
    main()
