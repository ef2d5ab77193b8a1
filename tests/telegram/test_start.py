"""Starting and running without Telegram: it says so, serves its pages, and `/klaar` is true."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.telegram.judge import judge
from tests.telegram.process import PUBLIC_URL, BotProcess, webhook_command, with_webhook
from tests.valkey import HOST, free_port
from tests.web.processes import status

REACHED_AGAIN = 1_000  # calls; more than are made while it is away


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server
    judge(server)


@pytest.fixture
def anna(server: BotApiServer) -> Person:
    return Person(server, 7)


def asks(person: Person, question: int) -> None:
    person.wait(lambda _: f"Vraag {question} van" in person.last.text, timeout=30)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_it_starts_without_telegram_and_without_a_store(
    server: BotApiServer, anna: Person, mode: str
) -> None:
    nobody = f"redis://{HOST}:{free_port()}"
    server.faults.add("reset_before", times=REACHED_AGAIN)
    bot = (
        with_webhook(server, COPRO_STORE=nobody)
        if mode == "webhook"
        else BotProcess(server, "serve", COPRO_STORE=nobody, COPRO_PUBLIC_URL=PUBLIC_URL)
    )
    with bot:
        bot.until(lambda _: bot.log.count("Telegram cannot be reached") >= 2)
        assert "web ok" in bot.klaar()
        assert "telegram ok" not in bot.klaar()
        bot.until(lambda _: "store unreachable" in bot.klaar())
        for path in ("/", "/vragen", "/klaar", "/gezond"):
            assert status(f"{bot.url}{path}") == 200
        assert bot.log.count("the store is unavailable") == 1
        assert "Traceback" not in bot.log
        server.faults.clear()
        bot.until_ready()
        if mode == "webhook":
            assert webhook_command(server, "set").returncode == 0
        anna.say("/zelfcheck")
        asks(anna, 1)
        anna.tap("Ja")
        asks(anna, 2)
        anna.wait_quiet()
        assert bot.terminate() == 0


def test_klaar_tells_the_truth_without_pages(server: BotApiServer, anna: Person) -> None:
    server.faults.add("server_error", method="getMe", times=2)
    with BotProcess(server) as bot:
        bot.until(lambda _: bot.klaar() == "telegram starting\n")
        assert status(f"{bot.management}/klaar") == 503
        assert status(f"{bot.management}/gezond") == 200
        bot.until_ready()
        assert status(f"{bot.management}/klaar") == 200

        server.faults.add("reset_before", method="getUpdates", times=REACHED_AGAIN)
        anna.say("/zelfcheck")
        bot.until(lambda _: bot.klaar() == "telegram unreachable\n")
        assert status(f"{bot.management}/klaar") == 503
        server.faults.clear()
        bot.until_ready()
        asks(anna, 1)

        # What is in hand keeps it open for a while.
        server.faults.add("slow", method="editMessageText", delay=3.0)
        anna.tap("Ja")
        anna.wait(lambda _: server.faults.pending() == 0)
        bot.tell(signal.SIGTERM)
        bot.until(lambda _: bot.klaar() == "telegram ok\nstopping\n")
        assert status(f"{bot.management}/klaar") == 503
        assert bot.ended() == 0
        assert server.state.pending_count == 0


def test_it_is_known_at_once_that_telegram_is_back(server: BotApiServer) -> None:
    """Without anybody who says something, for whom a long poll would wait."""
    with BotProcess(server) as bot:
        bot.until_ready()
        server.faults.add("reset_before", method="getUpdates", times=2)
        server.state.add_update("message", {})
        bot.until(lambda _: "telegram unreachable" in bot.klaar())
        bot.until_ready()


@pytest.mark.parametrize("command", ["telegram", "serve"])
def test_a_full_disk_below_the_log_stops_nobody(
    server: BotApiServer, anna: Person, command: Literal["telegram", "serve"]
) -> None:
    full = Path("/dev/full")
    with BotProcess(server, command, full, TMPDIR=str(full), COPRO_LOG_LEVEL="DEBUG") as bot:
        bot.until_ready()
        server.faults.add("bad_gateway", method="getUpdates")
        anna.say("/zelfcheck")
        asks(anna, 1)
        # Something to log in the middle of a turn.
        server.faults.add("reset_after", method="sendMessage", times=4)
        anna.say("nee")
        anna.wait(lambda _: "Er ging iets mis" in anna.dump(), timeout=30)
        anna.tap("Ja", 2)
        anna.wait(lambda _: "Vraag 2 van" in anna.dump(), timeout=30)
        anna.wait_quiet(30)
        assert bot.terminate() == 0


def test_an_unreachable_address_is_told_with_a_growing_pause() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    settings = {"COPRO_TELEGRAM_TOKEN": "123456:TEST", "COPRO_TELEGRAM_BASE_URL": address}
    with BotProcess(None, "telegram", None, **settings) as bot:
        bot.until(lambda _: "trying again in 4 s" in bot.log)
        assert bot.log.count("Telegram cannot be reached") == 3
        assert bot.terminate() == 0
