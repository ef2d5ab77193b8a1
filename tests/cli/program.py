"""The command as a real process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(
    *arguments: str, typed: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `coproductiewijzer` with these arguments, without settings of our own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COPRO_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return subprocess.CompletedProcess(
        done.args,
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        done.stderr.decode("utf-8", "replace"),
    )
