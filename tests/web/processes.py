"""The command as an operator starts it, on ports that are known beforehand; and a proxy."""

import csv
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.cli.conftest import COMMAND, environment

# Debian puts it where only root looks for commands.
HAPROXY = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_ENDS_WITHIN = 20  # seconds
_STARTS_WITHIN = 30


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def until(happened: Callable[[], bool]) -> None:
    """Wait for it. Raises TimeoutError when it takes far too long."""
    latest = time.monotonic() + _STARTS_WITHIN
    while not happened():
        if time.monotonic() > latest:
            raise TimeoutError
        time.sleep(0.02)


def status(address: str) -> int:
    """Of the answer; 0 when there is none."""
    try:
        return ask(address)[0]
    except OSError:
        return 0


def ask(address: str) -> tuple[int, str, str]:
    """Status, kind and text of an answer, on a line of its own. Raises OSError without one."""
    url = urlsplit(address)
    line = HTTPConnection(url.netloc, timeout=20)
    with closing(line):
        line.request("GET", url.path)
        answer = line.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read().decode()


class Service:
    """A command that serves, from entry to exit; what it says and logs goes to ``log``."""

    def __init__(self, log: Path, *command: str, **settings: str) -> None:
        self._command = command
        self._settings = settings
        self._log = log

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=environment(**self._settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def tell(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def ended(self) -> int:
        """The exit status, once it has one."""
        return self._process.wait(_ENDS_WITHIN)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")


class Pages(Service):
    """The web pages at ``url``."""

    def __init__(self, log: Path, **settings: str) -> None:
        port = free_port()
        super().__init__(log, *COMMAND, "web", COPRO_WEB_PORT=str(port), **settings)
        self.address = f"127.0.0.1:{port}"
        self.url = f"http://{self.address}"


class Proxy(Service):
    """haproxy with the ``backend`` section that is given, at ``url``."""

    def __init__(self, folder: Path, backend: str) -> None:
        port, self._socket = free_port(), folder / "stats"
        config = folder / "haproxy.cfg"
        config.write_text(
            f"global\n    stats socket {self._socket}\n"
            "defaults\n    mode http\n    timeout connect 5s\n"
            "    timeout client 30s\n    timeout server 30s\n"
            f"frontend public\n    bind 127.0.0.1:{port}\n    default_backend pages\n"
            f"backend pages\n{backend}",
            encoding="utf-8",
        )
        super().__init__(folder / "haproxy.log", str(HAPROXY), "-db", "-f", str(config))
        self.url = f"http://127.0.0.1:{port}"

    def seen(self) -> dict[str, dict[str, str]]:
        """What it knows of each server, under the names of its documentation."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self._socket))
            line.sendall(b"show stat\n")
            answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
        rows = csv.DictReader(answer.removeprefix("# ").splitlines())
        return {row["svname"]: row for row in rows if row["pxname"] == "pages"}
