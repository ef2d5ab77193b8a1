"""The store is gone, slow, full or begun again while people talk: nobody waits for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.botapi.webhook import Pace
from tests.telegram.crowd import FAILED, place_lost
from tests.telegram.judge import judge
from tests.telegram.process import BotProcess, webhook_command, with_webhook
from tests.valkey import Valkey

# What four turns take at the most, also on a busy machine.
LOOSE = 5.0  # seconds


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer(webhook_pace=Pace(slow=60.0)) as server:
        yield server
    judge(server)


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    with Valkey(maxmemory_policy="noeviction") as valkey:
        yield valkey


@pytest.fixture
def bots(server: BotApiServer, valkey: Valkey) -> Iterator[list[BotProcess]]:
    with (
        with_webhook(server, COPRO_STORE=valkey.address) as one,
        with_webhook(server, COPRO_STORE=valkey.address) as other,
    ):
        for bot in (one, other):
            bot.until_ready()
        assert webhook_command(server, "set").returncode == 0
        yield [one, other]


def asks(person: Person, question: int) -> None:
    person.wait(lambda _: f"Vraag {question} van" in person.last.text, timeout=30)


@contextmanager
def gone(valkey: Valkey) -> Iterator[None]:
    valkey.kill()
    yield
    valkey.start()


@contextmanager
def slow(valkey: Valkey) -> Iterator[None]:
    valkey.pause()
    yield
    valkey.resume()


@contextmanager
def full(valkey: Valkey) -> Iterator[None]:
    with valkey.client() as client:
        client.config_set("maxmemory", "1")
        yield
        client.config_set("maxmemory", "0")


Trouble = Callable[[Valkey], AbstractContextManager[None]]


@pytest.mark.parametrize("trouble", [gone, slow, full])
def test_buttons_go_on_and_typing_works_again(
    server: BotApiServer,
    valkey: Valkey,
    bots: list[BotProcess],
    trouble: Trouble,
) -> None:
    people = [Person(server, chat) for chat in range(1, 5)]
    for person in people:
        person.say("/zelfcheck")
        asks(person, 1)
    with trouble(valkey):
        for question in (2, 3, 4):
            began = time.monotonic()
            for person in people:
                person.tap("Ja")
            for person in people:
                asks(person, question)
            assert time.monotonic() - began < LOOSE
        # Never taken for an answer to an older question; which line it is depends on what is known.
        for person in people:
            person.say("nee")
            person.wait(lambda one: place_lost([one.last.text]), timeout=30)
        for person in people:
            person.tap("Ja")
            person.wait(lambda one: shown(one, 5), timeout=30)
    for bot in bots:
        until_back(server, bot)
    for person in people:
        person.tap("Ja")
        person.wait(lambda one: shown(one, 6), timeout=30)
        person.say("ja")
        asks(person, 7)
        person.say("terug")
        asks(person, 6)
    people[0].wait_quiet(30)


def shown(person: Person, question: int) -> bool:
    return any(f"Vraag {question} van" in message.text for message in person.messages)


def until_back(server: BotApiServer, bot: BotProcess) -> None:
    """Each process finds out by using the store, so somebody uses it."""
    passer_by = Person(server, 99)

    def is_back(process: BotProcess) -> bool:
        passer_by.say("/help")
        passer_by.wait_quiet(30)
        return "store ok" in process.klaar()

    bot.until(is_back)


def test_forgetting_is_honest(server: BotApiServer, valkey: Valkey, bots: list[BotProcess]) -> None:
    anna = Person(server, 7)
    anna.say("/zelfcheck")
    asks(anna, 1)
    anna.tap("Ja")
    asks(anna, 2)
    anna.say("/vergeet")
    anna.wait(lambda _: "Wilt u alles wissen?" in anna.last.text, timeout=30)
    with slow(valkey):
        anna.tap("Ja, wis alles")
        anna.wait(lambda _: any(FAILED in notice.text for notice in anna.notices), timeout=30)
        anna.wait_quiet(30)
        assert "Verwijder dan dit gesprek" not in anna.dump()
    for bot in bots:
        until_back(server, bot)
    anna.tap("Ja, wis alles")
    anna.wait(lambda _: "Verwijder dan dit gesprek" in anna.dump(), timeout=30)
    anna.wait_quiet(30)
    with valkey.client() as client:
        # What is left is of the one who passed by.
        assert len(client.keys("*")) <= 1


def test_it_starts_without_the_store_and_finds_it_later(server: BotApiServer) -> None:
    valkey = Valkey()
    anna = Person(server, 7)
    with with_webhook(server, COPRO_STORE=valkey.address) as bot:
        bot.until_ready()
        bot.until(lambda _: "store unreachable" in bot.klaar())
        assert webhook_command(server, "set").returncode == 0
        anna.say("/zelfcheck")
        asks(anna, 1)
        anna.tap("Ja")
        asks(anna, 2)
        assert bot.log.count("the store is unavailable") == 1
        with valkey:
            until_back(server, bot)
            assert bot.log.count("the store is back") == 1
            anna.tap("Ja")
            asks(anna, 3)
            anna.say("ja")
            asks(anna, 4)
            anna.wait_quiet(30)
