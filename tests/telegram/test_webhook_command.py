"""`coproductiewijzer webhook`: sets, shows and removes the address at the emulated server."""

import socket
from collections.abc import Iterator

import pytest

from bot.settings import TelegramSettings
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.botapi.webhook import Pace
from tests.telegram.process import PUBLIC_URL, BotProcess, webhook_command

ADDRESS = f"{PUBLIC_URL}/telegram"


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer(webhook_pace=Pace(0.01, 0.05)) as server:
        yield server
    assert server.violations == []


def test_set_show_and_remove(server: BotApiServer) -> None:
    anna = Person(server, 7)
    anna.say("voor het eerst")
    done = webhook_command(server, "set")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Telegram brengt berichten naar {ADDRESS}." in done.stdout
    [call] = server.calls_of("setWebhook")
    assert call.params == {
        "url": ADDRESS,
        "secret_token": TelegramSettings(server.token, "", "").webhook_secret,
        "allowed_updates": [
            "message",
            "edited_message",
            "callback_query",
            "inline_query",
            "my_chat_member",
        ],
        "max_connections": 100,
        "drop_pending_updates": False,
    }

    # Nothing listens there, so the message waits and the server says why.
    anna.wait(lambda _: server.posted != [])
    done = webhook_command(server, "show", COPRO_PUBLIC_URL="https://elders.example")
    assert done.returncode == 0
    assert f"{ADDRESS}. Wachtende berichten: 1." in done.stdout
    assert "De laatste fout die Telegram zag:" in done.stdout
    assert "Bad Gateway" in done.stdout
    assert "hoort het adres https://elders.example/telegram te zijn" in done.stdout

    done = webhook_command(server, "remove")
    assert done.returncode == 0
    assert "de bot haalt ze zelf op. Wachtende berichten: 1." in done.stdout
    assert server.state.webhook is None
    assert server.calls_of("deleteWebhook")[0].params.get("drop_pending_updates") is not True


@pytest.mark.parametrize("action", ["set", "show", "remove"])
@pytest.mark.parametrize(
    ("settings", "status", "said"),
    [
        ({"COPRO_TELEGRAM_TOKEN": ""}, 2, "Er is geen token"),
        ({"COPRO_TELEGRAM_TOKEN": "geheim"}, 1, "Dit is geen token van Telegram"),
        ({"COPRO_TELEGRAM_TOKEN": "123456:GEHEIM"}, 1, "Telegram kent dit token niet"),
        ({"COPRO_TELEGRAM_BASE_URL": "nergens"}, 2, "COPRO_TELEGRAM_BASE_URL"),
        ({"COPRO_PUBLIC_URL": "wijzer.example"}, 2, "COPRO_PUBLIC_URL"),
    ],
)
def test_what_cannot_work_is_said(
    server: BotApiServer, action: str, settings: dict[str, str], status: int, said: str
) -> None:
    done = webhook_command(server, action, **settings)

    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr.lower()
    assert server.calls_of("setWebhook") == []


@pytest.mark.parametrize("address", ["", "http://wijzer.example"])
def test_only_https_can_be_set(server: BotApiServer, address: str) -> None:
    done = webhook_command(server, "set", COPRO_PUBLIC_URL=address)

    assert done.returncode == 2
    assert "https://" in done.stderr
    assert server.calls == []


@pytest.mark.parametrize("action", ["set", "show", "remove"])
def test_an_unreachable_telegram_is_said(server: BotApiServer, action: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    done = webhook_command(server, action, COPRO_TELEGRAM_BASE_URL=nobody)

    assert (done.returncode, done.stdout) == (1, "")
    assert "Telegram is niet te bereiken" in done.stderr
    assert server.token.split(":")[1] not in done.stderr


def test_a_port_that_telegram_does_not_reach_is_refused_in_its_words(server: BotApiServer) -> None:
    done = webhook_command(server, "set", COPRO_PUBLIC_URL=f"{PUBLIC_URL}:9000")

    assert done.returncode == 1
    assert "ports 80, 88, 443 or 8443" in done.stderr


def test_without_pages_there_is_no_webhook(server: BotApiServer) -> None:
    settings = {"COPRO_TELEGRAM_MODE": "webhook", "COPRO_PUBLIC_URL": PUBLIC_URL}
    with BotProcess(server, "telegram", None, **settings) as bot:
        assert bot.ended() == 2
        assert "coproductiewijzer serve" in bot.log
    assert server.calls == []
