"""What it costs to count what people do, in a file: the same turns with it and without it."""

import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bot.counts.sqlite_counts import SqliteCounts
from dialogues.flow import Flow
from dialogues.loader import load
from tests.bench.crowd import CONNECTIONS, Crowd, Round
from tests.bench.ours import OursInProcess
from tests.bench.script import PEOPLE, Script
from tests.bench.server import Server
from tests.bench.tables import Target, show

ROUNDS = 15
SECONDS = 1.5
FEW, PAUSE = 4, 0.03  # people, and seconds between a reply and what they do next
LESS_THAN_5_PERCENT = Target(must=1.05, aim=1.03, low=True)


@dataclass
class Total:
    """Of all rounds together: what is measured of one counts in steps of a hundredth second."""

    turns: int = 0
    cpu: float = 0.0  # seconds
    visible: list[float] = field(default_factory=list)  # milliseconds, the median of each round

    def add(self, round_: Round) -> None:
        self.turns += round_.turns
        self.cpu += round_.turns / round_.rate_of_cpu
        self.visible.append(round_.p50)

    @property
    def microseconds(self) -> float:
        """Of CPU, per turn."""
        return 1e6 * self.cpu / self.turns


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [await _in_process(Path(folder)), *await _over_a_webhook(Path(folder))]
    show(
        f"a turn with counting in a file, beside the same without; {ROUNDS} rounds",
        ("", "us of CPU without", "with", "ratio", "ms until visible without", "with", "target"),
        rows,
    )


async def _in_process(folder: Path) -> Sequence[str]:
    flow = Flow(load())
    counts = SqliteCounts(folder / "in_process.sqlite3")
    scripts = Script(OursInProcess(flow)), Script(OursInProcess(flow, counts))
    for script in scripts:
        await script.prepare()
    totals = Total(), Total()
    for _ in range(ROUNDS):
        for script, total in zip(scripts, totals, strict=True):
            total.cpu += 1e-6 * await script.round(at_once=True)
            total.turns += 1
    await counts.close()
    return _row(f"the adapter alone, {PEOPLE} people at once", *totals)


async def _over_a_webhook(folder: Path) -> list[Sequence[str]]:
    rows = []
    with ExitStack() as stack:
        servers = []
        for counts in ("off", str(folder / "webhook.sqlite3")):
            servers.append(Server())
            stack.callback(servers[-1].close)
            await servers[-1].start_ours(counts)
        for people, pause in ((CONNECTIONS, 0.0), (FEW, PAUSE)):
            crowds = [Crowd(server, people, pause) for server in servers]
            for crowd in crowds:
                await crowd.spread()
            totals = Total(), Total()
            for _ in range(ROUNDS):
                for crowd, total in zip(crowds, totals, strict=True):
                    total.add(await crowd.round(SECONDS, 0.0))
            how = f"who pause {1e3 * pause:.0f} ms" if pause else "who do not pause"
            rows.append(_row(f"a webhook, {people} people {how}", *totals))
    return rows


def _row(name: str, without: Total, counting: Total) -> Sequence[str]:
    ratio = counting.microseconds / without.microseconds
    visible = [
        f"{statistics.median(total.visible):.1f}" if total.visible else ""
        for total in (without, counting)
    ]
    spent = f"{without.microseconds:.0f}", f"{counting.microseconds:.0f}"
    return name, *spent, f"{ratio:.3f}", *visible, LESS_THAN_5_PERCENT.judge(ratio)


if __name__ == "__main__":
    asyncio.run(main())
