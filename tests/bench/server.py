"""A bot in a process of its own, which is told that our stub is Telegram."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

from tests.bench.answers import PUBLIC_URL, TOKEN
from tests.bench.raw_http import Asking
from tests.bench.stub import StubBotApi
from tests.cli.conftest import COMMAND, environment

_TICK = os.sysconf("SC_CLK_TCK")
_PATIENCE = 60.0  # seconds for a start, on a busy machine


class Server:
    """Started and closed by who made it. ``path`` and ``headers``: how updates are brought."""

    def __init__(self) -> None:
        self.stub = StubBotApi()
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    async def start_ours(self, counts: str = "off") -> None:
        """``counts``: where is counted what people do, as in the setting."""
        told = {
            "COPRO_COUNTS": counts,
            "COPRO_TELEGRAM_TOKEN": TOKEN,
            "COPRO_TELEGRAM_BASE_URL": await self.stub.listen(),
            "COPRO_TELEGRAM_MODE": "webhook",
            "COPRO_LOG_LEVEL": "WARNING",
            "COPRO_PUBLIC_URL": PUBLIC_URL,
        }
        self._launch((*COMMAND, "serve", "--port", str(self._port)), told)
        await self._until(lambda: asyncio.to_thread(self._ready))
        await asyncio.to_thread(
            subprocess.run,
            (*COMMAND, "webhook", "set"),
            env=environment(**told),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        await self._told_telegram()

    async def start_peer(self, module: str) -> None:
        bot_api = await self.stub.listen()
        self._launch((sys.executable, "-m", module, str(self._port), bot_api), {})
        await self._told_telegram()

    def _launch(self, command: tuple[str, ...], told: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command, env=environment(**told), stdout=subprocess.DEVNULL
        )

    def _ready(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self._port}/klaar") as response:
                return bool(response.status == HTTPStatus.OK)
        except OSError:
            return False

    async def _told_telegram(self) -> None:
        """Wait for what the bot says to Telegram of its webhook."""

        async def told() -> bool:
            return self.stub.webhook.done()

        await self._until(told)
        self.path, secret = self.stub.webhook.result()
        self.headers = (
            "Host: bench.example\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
        )

    async def _until(self, done: Callable[[], Awaitable[bool]]) -> None:
        """Raises RuntimeError when the server ends first, TimeoutError when it takes too long."""
        async with asyncio.timeout(_PATIENCE):
            while not await done():
                assert self._process is not None
                if self._process.poll() is not None:
                    raise RuntimeError(f"a server ended with status {self._process.returncode}")
                await asyncio.sleep(0.05)

    async def connect(self) -> Asking:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(_PATIENCE):
            while True:
                try:
                    _, asking = await loop.create_connection(Asking, "127.0.0.1", self._port)
                except ConnectionRefusedError:
                    # Some tell Telegram first and listen after that.
                    await asyncio.sleep(0.05)
                else:
                    return asking

    def cpu_seconds(self) -> float:
        """What the process has computed until now, in steps of a hundredth of a second."""
        assert self._process is not None
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / _TICK

    def close(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
        self.stub.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
