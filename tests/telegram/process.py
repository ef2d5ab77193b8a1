"""The bot as the real process that an operator starts, on the emulated Bot API over HTTP."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from tests.botapi.server import BotApiServer
from tests.cli.conftest import COMMAND, environment
from tests.web.processes import ask, free_port, until

PUBLIC_URL = "https://wijzer.example"
_ENDS_WITHIN = 20  # seconds


class BotProcess:
    """Started on entry; killed on exit if it still runs. `log` is all that it wrote.

    The pages of `serve` stand at `url`, what an operator may look at stands at `management`.
    Other names are settings. With an `output` it writes there instead, and `log` stays empty.
    """

    def __init__(
        self,
        server: BotApiServer | None,
        command: Literal["telegram", "serve"] = "telegram",
        output: Path | None = None,
        **settings: str,
    ) -> None:
        self._command = command
        self._output = output
        # Without a place of its own it would count in the home of who runs the tests.
        self._settings = {"COPRO_COUNTS": "off"} | settings
        if server is not None:
            self._settings = {
                "COPRO_TELEGRAM_TOKEN": server.token,
                "COPRO_TELEGRAM_BASE_URL": server.url,
                "COPRO_TELEGRAM_BASE_FILE_URL": f"{server.url}/file",
            } | self._settings
        if command == "serve":
            self.url = self._address("COPRO_WEB_PORT")
        self.management = self._address("COPRO_METRICS_PORT")
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 closed by __exit__

    def _address(self, variable: str) -> str:
        port = self._settings.setdefault(variable, str(free_port()))
        return f"http://127.0.0.1:{port}"

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
        with (self._output or Path("/dev/null")).open("wb") as elsewhere:
            self._process = subprocess.Popen(
                [*COMMAND, self._command],
                cwd=Path(__file__).parents[2],
                env=environment(**self._settings),
                stdin=subprocess.DEVNULL,
                stdout=elsewhere if self._output else self._log,
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

    def tell(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def ended(self) -> int:
        return self._process.wait(_ENDS_WITHIN)

    def klaar(self) -> str:
        """What it says of its parts; empty while nobody answers."""
        try:
            return ask(f"{self.management}/klaar")[2]
        except OSError:
            return ""

    def until(self, happened: Callable[[Self], bool]) -> None:
        """Wait for it. Raises AssertionError with the log."""
        try:
            until(lambda: happened(self))
        except TimeoutError:
            raise AssertionError(f"{self.klaar()}\n{self.log}") from None

    def until_ready(self) -> None:
        """Until it takes what people do in Telegram."""
        self.until(lambda process: "telegram ok" in process.klaar())

    @property
    def log(self) -> str:
        # Not by moving to the start: the process writes where this file stands, as it shares it.
        file = self._log.fileno()
        return os.pread(file, os.fstat(file).st_size, 0).decode()


def webhook_command(
    server: BotApiServer, action: str, **settings: str
) -> "subprocess.CompletedProcess[str]":
    """`coproductiewijzer webhook <action>`, with what it said."""
    usual = {
        "COPRO_TELEGRAM_TOKEN": server.token,
        "COPRO_TELEGRAM_BASE_URL": server.url,
        "COPRO_PUBLIC_URL": PUBLIC_URL,
    }
    return subprocess.run(
        [*COMMAND, "webhook", action],
        env=environment(**usual | settings),
        capture_output=True,
        text=True,
    )


def with_webhook(server: BotApiServer, **settings: str) -> BotProcess:
    """A process that others bring updates to, with its address among those of the webhook."""
    settings |= {"COPRO_TELEGRAM_MODE": "webhook", "COPRO_PUBLIC_URL": PUBLIC_URL}
    bot = BotProcess(server, "serve", None, **settings)
    server.webhook_targets.setdefault(PUBLIC_URL, []).append(bot.url)
    return bot
