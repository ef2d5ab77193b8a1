"""One chat at two processes at the same moment: as if its updates had come one by one."""

import json
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from bot.settings import TelegramSettings
from tests.botapi.parameters import Json
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.botapi.webhook_http import SECRET_HEADER
from tests.telegram.process import BotProcess, with_webhook
from tests.valkey import Valkey

ROUNDS = 20


@pytest.fixture(scope="module")
def server() -> Iterator[BotApiServer]:
    # Without a webhook it delivers nothing itself: the tests bring each update where they want.
    with BotApiServer() as server:
        yield server


@pytest.fixture(scope="module")
def bots(server: BotApiServer) -> Iterator[list[BotProcess]]:
    with (
        Valkey() as valkey,
        with_webhook(server, COPRO_STORE=valkey.address) as one,
        with_webhook(server, COPRO_STORE=valkey.address) as other,
    ):
        for bot in (one, other):
            bot.until_ready()
        yield [one, other]
        for bot in (one, other):
            assert "could not be handled" not in bot.log


def bring(server: BotApiServer, deliveries: Sequence[tuple[BotProcess, Json]]) -> list[int]:
    """All at the same moment; the statuses of the answers."""
    secret = TelegramSettings(server.token, "", "").webhook_secret
    headers = {"Content-Type": "application/json", SECRET_HEADER: secret}
    gate = threading.Barrier(len(deliveries))

    def deliver(delivery: tuple[BotProcess, Json]) -> int:
        bot, update = delivery
        gate.wait()
        body = json.dumps(update).encode()
        line = HTTPConnection(urlsplit(bot.url).netloc, timeout=60)
        with closing(line):
            line.request("POST", "/telegram", body, headers)
            return line.getresponse().status

    with ThreadPoolExecutor(len(deliveries)) as pool:
        return list(pool.map(deliver, deliveries))


def begun(server: BotApiServer, bots: list[BotProcess], chat: int) -> Person:
    """Somebody at question 2."""
    person = Person(server, chat)
    person.say("/zelfcheck")
    bring(server, [(bots[0], server.state.take_updates()[0])])
    person.tap("Ja")
    bring(server, [(bots[1], server.state.take_updates()[0])])
    assert "Vraag 2 van" in person.last.text
    return person


def test_a_tap_and_a_text_at_the_same_moment(server: BotApiServer, bots: list[BotProcess]) -> None:
    for chat in range(1, ROUNDS):
        person = begun(server, bots, chat)
        person.tap("Nee")
        person.say("ja")
        tap, text = server.state.take_updates()
        assert bring(server, [(bots[0], tap), (bots[1], text)]) == [200, 200]
        # Tap first: an outcome, at which "ja" answers nothing. Text first: question 3, and then
        # the button says no to question 2.
        assert "Volgens uw antwoorden is dit geen coproductie." in person.dump()


def test_two_texts_at_the_same_moment_are_two_answers(
    server: BotApiServer, bots: list[BotProcess]
) -> None:
    for chat in range(101, 100 + ROUNDS):
        person = begun(server, bots, chat)
        person.say("ja")
        person.say("ja")
        updates = server.state.take_updates()
        assert bring(server, [*zip(bots, updates, strict=True)]) == [200, 200]
        assert "Vraag 4 van" in person.last.text


def test_the_same_update_at_both_is_answered_once(
    server: BotApiServer, bots: list[BotProcess]
) -> None:
    for chat in range(201, 200 + ROUNDS):
        person = begun(server, bots, chat)
        person.say("ja")
        [text] = server.state.take_updates()
        assert bring(server, [(bots[0], text), (bots[1], text), (bots[0], text)]) == [200] * 3
        assert person.dump().count("Vraag 3 van") == 1

        person.tap("Nee")
        [tap] = server.state.take_updates()
        assert bring(server, [(bots[0], tap), (bots[1], tap), (bots[1], tap)]) == [200] * 3
        assert person.dump().count("Volgens uw antwoorden") == 1
