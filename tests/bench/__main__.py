"""Benchmarks: `make bench`, or some of them: `python -m tests.bench adapter webhook`.

Ratios against a baseline of the same run, in rounds that alternate, medians of several: the
machines that this runs on drift by a factor of two, so the ratios count and not the times.
Each part is a process of its own, so that what one leaves behind does not weigh on the next.
"""

import subprocess
import sys

# The arguments of Python, by the name of the part.
PARTS = {
    "adapter": ("tests.bench.adapter",),
    "counting": ("tests.bench.counting",),
    "chats": ("tests.bench.chats",),
    "webhook": ("tests.bench.webhook",),
    "pages": ("tests.bench.web",),
    "start": ("tests.bench.start",),
    "understanding": ("tests.bench.understanding",),
}
# Only for who asks: they take long, or are there to look closer.
OTHERS = {
    "million": ("tests.bench.chats", "million"),
    "profile": ("tests.bench.profiled",),
}


def main(names: list[str]) -> int:
    """The exit status: how many parts failed."""
    known = PARTS | OTHERS
    if unknown := set(names) - set(known):
        print(f"not a part: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        return 2
    commands = [(sys.executable, "-m", *known[name]) for name in names or PARTS]
    return sum(subprocess.run(command).returncode != 0 for command in commands)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
