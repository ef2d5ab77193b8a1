"""Turns per second over a webhook, and how long a person waits: ours beside two other servers.

Each server is a process of its own; the people and the Bot API are this one.
"""

import asyncio
import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from tests.bench.crowd import CONNECTIONS, Crowd, Round
from tests.bench.server import Server
from tests.bench.tables import Target, show

ROUNDS = 5
SECONDS = 1.5
OURS, BASE, AIOGRAM = "ours", "python-telegram-bot's webhook", "aiogram's webhook"
PEERS = {BASE: "tests.bench.conversation_handler", AIOGRAM: "tests.bench.aiogram_peer"}
Figures = Mapping[str, Sequence[Round]]
Figure = Callable[[Round], float]
# Of each delay in seconds: what is compared, the figure, with whom, and what it should be.
COMPARED: dict[float, tuple[tuple[str, Figure, str, Target | None], ...]] = {
    0.0: (
        ("turns per second", lambda r: r.rate, BASE, Target(4, 8)),
        ("turns per second", lambda r: r.rate, AIOGRAM, Target(1.5, 3)),
        ("turns per CPU second", lambda r: r.rate_of_cpu, BASE, None),
        ("turns per CPU second", lambda r: r.rate_of_cpu, AIOGRAM, None),
        ("p99 until visible", lambda r: r.p99, BASE, Target(0.33, 0.17, low=True)),
        ("p99 until visible", lambda r: r.p99, AIOGRAM, None),
    ),
    0.05: (
        ("turns per second", lambda r: r.rate, BASE, Target(15, 30)),
        ("turns per second", lambda r: r.rate, AIOGRAM, None),
    ),
}


async def main() -> None:
    with ExitStack() as stack:
        crowds = {}
        for name in (OURS, *PEERS):
            server = Server()
            stack.callback(server.close)
            if name == OURS:
                await server.start_ours()
            else:
                await server.start_peer(PEERS[name])
            crowds[name] = Crowd(server)
            await crowds[name].spread()
        for delay in COMPARED:
            figures: dict[str, list[Round]] = {name: [] for name in crowds}
            for _ in range(ROUNDS):
                for name, crowd in crowds.items():
                    figures[name].append(await crowd.round(SECONDS, delay))
            _show(delay, figures)


def _show(delay: float, figures: Figures) -> None:
    def middle(name: str, figure: Figure) -> float:
        return statistics.median(map(figure, figures[name]))

    show(
        f"webhook, {CONNECTIONS} connections, the Bot API answers after {1e3 * delay:.0f} ms; "
        f"{ROUNDS} rounds of {SECONDS} s, medians",
        (
            "",
            "turns/s",
            "turns/CPU s",
            "p50 ms",
            "p99 ms",
            "calls/turn",
            "bot CPU",
            "measuring CPU",
        ),
        [
            (
                name,
                f"{middle(name, lambda r: r.rate):.0f}",
                f"{middle(name, lambda r: r.rate_of_cpu):.0f}",
                f"{middle(name, lambda r: r.p50):.0f}",
                f"{middle(name, lambda r: r.p99):.0f}",
                f"{middle(name, lambda r: r.calls):.1f}",
                f"{100 * middle(name, lambda r: r.rate / r.rate_of_cpu):.0f} %",
                f"{100 * middle(name, lambda r: r.busy):.0f} %",
            )
            for name in figures
        ],
    )
    rows = []
    for what, figure, base, target in COMPARED[delay]:
        pairs = zip(figures[OURS], figures[base], strict=True)
        ratio = statistics.median(figure(ours) / figure(theirs) for ours, theirs in pairs)
        rows.append((f"{what}, of {base}", f"{ratio:.2f}", target.judge(ratio) if target else ""))
    show(f"ours, compared in each round, {1e3 * delay:.0f} ms", ("", "ratio", "target"), rows)


if __name__ == "__main__":
    asyncio.run(main())
