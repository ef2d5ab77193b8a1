"""Running the program as the documents tell a reader to."""

import os
import subprocess
import sys
from pathlib import Path


def environment() -> dict[str, str]:
    """Without settings, with the command on the path, and as wide as a pipe is."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COPRO_") and name != "COLUMNS"
    }
    return {**kept, "PATH": f"{Path(sys.executable).parent}:{kept['PATH']}"}


def run(command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a line as a shell does; errors are printed among the rest, as on a screen."""
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )


def help_of(command: str = "") -> subprocess.CompletedProcess[str]:
    return run(f"coproductiewijzer {command} --help")
