"""From the start of `coproductiewijzer chat` to its first line, beside a Python that prints."""

import resource
import statistics
import subprocess
import sys
import time

from tests.bench.tables import Target, show
from tests.cli.conftest import COMMAND, environment

ROUNDS = 9
BARE = (sys.executable, "-c", "print('klaar', flush=True)")
CHAT = (*COMMAND, "chat")
SECONDS = Target(0.4, 0.2, low=True)


def first_line(command: tuple[str, ...]) -> tuple[float, float]:
    """Seconds to the first line; and seconds of CPU, up to the end because nothing is typed."""
    cpu = _cpu_seconds()
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - started
        process.communicate()
    assert line.strip()
    return took, _cpu_seconds() - cpu


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    names = {"Python that prints a line": BARE, "coproductiewijzer chat": CHAT}
    took: dict[str, list[float]] = {name: [] for name in names}
    used: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name, command in names.items():
            seconds, cpu = first_line(command)
            took[name].append(seconds)
            used[name].append(cpu)
    bare, _ = took.values()
    rows = []
    for name, command in names.items():
        middle = statistics.median(took[name])
        ratio = statistics.median(map(float.__truediv__, took[name], bare))
        judged = f"seconds: {SECONDS.judge(middle)}" if command == CHAT else ""
        cpu = statistics.median(used[name])
        rows.append((name, f"{1e3 * middle:.0f}", f"{1e3 * cpu:.0f}", f"{ratio:.1f}", judged))
    head = ("", "ms", "ms of CPU", "of bare Python", "target")
    show(f"start to the first line, {ROUNDS} rounds, medians", head, rows)


if __name__ == "__main__":
    main()
