"""The health check of the image, beside real processes."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.botapi.api import DEFAULT_TOKEN
from tests.cli.conftest import COMMAND, environment
from tests.web.processes import Pages, Service, free_port, status, until

CHECK = (sys.executable, "-m", "bot.web.alive")


def says(**settings: str) -> int:
    """The exit status of the check."""
    return subprocess.run(CHECK, env=environment(**settings), check=False).returncode


def test_pages_are_well_until_they_hang(tmp_path: Path) -> None:
    with Pages(tmp_path / "pages.log") as pages:
        port = pages.address.rpartition(":")[2]
        until(lambda: status(f"{pages.url}/gezond") == 200)
        well = says(COPRO_WEB_PORT=port)
        pages.tell(signal.SIGSTOP)
        hanging = says(COPRO_WEB_PORT=port)

    assert (well, hanging) == (0, 1)


def test_a_bot_without_pages_is_asked_where_its_figures_are(tmp_path: Path) -> None:
    figures = str(free_port())
    settings = {
        "COPRO_TELEGRAM_TOKEN": DEFAULT_TOKEN,
        "COPRO_TELEGRAM_BASE_URL": f"http://127.0.0.1:{free_port()}",
        "COPRO_METRICS_PORT": figures,
    }
    nothing_here = {"COPRO_WEB_PORT": str(free_port()), "COPRO_METRICS_PORT": figures}
    with Service(tmp_path / "bot.log", *COMMAND, "telegram", **settings) as bot:
        until(lambda: status(f"http://127.0.0.1:{figures}/gezond") == 200)
        well = says(**nothing_here)
        bot.tell(signal.SIGSTOP)
        hanging = says(**nothing_here)

    assert (well, hanging) == (0, 1)


def test_where_nobody_listens_there_is_nothing_to_ask() -> None:
    assert says(COPRO_WEB_PORT=str(free_port()), COPRO_METRICS_PORT="") == 0


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 500 no\r\n\r\n"])
def test_another_answer_is_not_well(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        check = subprocess.Popen(CHECK, env=environment(COPRO_WEB_PORT=port))
        line, _ = listener.accept()
        with line:
            line.recv(4096)
            line.sendall(answer)
        assert check.wait(20) == 1
