"""The bot as the real process that an operator starts, on the emulated Bot API over HTTP."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.botapi.server import BotApiServer

_ENDS_WITHIN = 20  # seconds


class BotProcess:
    """Started on entry; killed on exit if it still runs. `log` is all that it wrote."""

    def __init__(self, server: BotApiServer | None, **environment: str) -> None:
        self._environment = {**os.environ, **environment}
        if server is not None:
            self._environment |= {
                "COPRO_TELEGRAM_TOKEN": server.token,
                "COPRO_TELEGRAM_BASE_URL": server.url,
                "COPRO_TELEGRAM_BASE_FILE_URL": f"{server.url}/file",
            } | environment
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 closed by __exit__

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()
        self._log.close()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "telegram"],
            cwd=Path(__file__).parents[2],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def kill(self) -> None:
        """End it without any warning, as a power cut would."""
        self._process.kill()
        self._process.wait()

    def terminate(self) -> int:
        """Ask it to end and return its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self) -> int:
        return self._process.wait(_ENDS_WITHIN)

    @property
    def log(self) -> str:
        self._log.seek(0)
        return self._log.read().decode()
