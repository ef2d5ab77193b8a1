"""The real process over real HTTP: crash, restart, stop, bad tokens, an unreachable Telegram."""

import io
import socket
from collections.abc import Iterator

import pikepdf
import pytest

from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.telegram.judge import judge
from tests.telegram.process import BotProcess


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server
    judge(server)


@pytest.fixture
def anna(server: BotApiServer) -> Person:
    return Person(server, 7)


def shows(text: str) -> "ShowsText":
    return ShowsText(text)


class ShowsText:
    """A condition that says in a failure what it waited for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, person: Person) -> bool:
        return self._text in person.last.text

    def __repr__(self) -> str:
        return f"shows {self._text!r}"


def test_kill_between_two_updates_loses_nothing(server: BotApiServer, anna: Person) -> None:
    with BotProcess(server) as bot:
        anna.say("/zelfcheck")
        anna.wait(shows("Vraag 1"))
        anna.wait_quiet()
        for number in range(2, 9):
            # Starting takes a second: at the first step, in the middle and at the end will do.
            if number in (2, 5):
                bot.kill()
            anna.tap("Ja")
            if number in (2, 5):
                bot.start()
            anna.wait(shows(f"Vraag {number}"))
            anna.wait_quiet()
        bot.kill()
        anna.tap("Nee")
        bot.start()
        anna.wait(shows("Coproductie in de implementatie"))
        anna.wait_quiet()


def test_kill_in_the_middle_of_an_update_loses_nothing(server: BotApiServer, anna: Person) -> None:
    with BotProcess(server) as bot:
        anna.say("/zelfcheck")
        anna.wait(shows("Vraag 1"))
        anna.wait_quiet()
        server.faults.add("slow", method="editMessageText", delay=1.0)
        anna.tap("Ja")
        anna.say("/help")
        anna.wait(lambda _: server.faults.pending() == 0)
        bot.kill()
        bot.start()
        anna.wait(shows("Vraag 2"))
        anna.wait_quiet()

        assert any("Waarom deze vraag?" in message.text for message in anna.messages)


def test_an_outcome_is_at_most_repeated_by_a_kill(server: BotApiServer, anna: Person) -> None:
    with BotProcess(server) as bot:
        anna.say("/zelfcheck")
        anna.wait(shows("Vraag 1"))
        anna.wait_quiet()
        server.faults.add("slow", method="sendMessage", delay=1.0)
        anna.tap("Nee")
        anna.wait(shows("Geen coproductie"))
        bot.kill()
        bot.start()
        anna.wait_quiet()

        outcomes = sum("Geen coproductie" in message.text for message in anna.messages)
        assert 1 <= outcomes <= 2


def test_sigterm_finishes_what_is_in_hand(server: BotApiServer, anna: Person) -> None:
    with BotProcess(server) as bot:
        anna.say("/zelfcheck")
        anna.wait(shows("Vraag 1"))
        anna.wait_quiet()
        server.faults.add("slow", method="editMessageText", delay=1.0)
        anna.tap("Ja")
        anna.wait(lambda _: server.faults.pending() == 0)

        assert bot.terminate() == 0
        assert "Vraag 2" in anna.last.text
        assert server.unanswered_queries() == []
        assert server.state.pending_count == 0


def test_an_outcome_can_be_kept_as_a_pdf(server: BotApiServer, anna: Person) -> None:
    with BotProcess(server, COPRO_PUBLIC_URL="https://voorbeeld.nl/wijzer") as bot:
        anna.say("/start AwN")
        anna.wait(shows("Geen coproductie"))
        anna.wait_quiet()
        assert anna.last.buttons[-3:] == [
            ["Bewaar als PDF"],
            ["Bekijk op de website"],
            ["Deel deze uitkomst"],
        ]
        bot.kill()
        bot.start()
        anna.tap("Bewaar als PDF")
        anna.wait(lambda person: person.last.document is not None)
        anna.wait_quiet()

    document = anna.last.document
    assert document is not None
    assert document.name == "coproductiewijzer-uitkomst.pdf"
    with pikepdf.open(io.BytesIO(document.content)) as pdf:
        assert len(pdf.pages) >= 1
        links = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    assert "https://voorbeeld.nl/wijzer/uitkomst?publieke_waarde=nee" in links


def test_the_token_is_in_no_line_of_the_log(server: BotApiServer, anna: Person) -> None:
    with BotProcess(server, COPRO_LOG_LEVEL="DEBUG") as bot:
        server.faults.add("reset_before", method="getUpdates", times=2)
        anna.say("/zelfcheck Geheime Naam")
        anna.wait(shows("Vraag 1"))
        server.faults.add("reset_after", method="sendMessage")
        anna.say("nee")
        anna.wait(shows("Er ging iets mis"))
        anna.wait_quiet()
        bot.terminate()

        assert "polling as @test_bot" in bot.log
        assert server.token not in bot.log
        assert server.token.split(":")[1] not in bot.log
        assert "Geheime" not in bot.log
        assert "Anna" not in bot.log


def test_a_wrong_token_stops_with_a_clear_message(server: BotApiServer) -> None:
    with BotProcess(server, COPRO_TELEGRAM_TOKEN="123456:WRONG") as bot:
        assert bot.ended() == 1
        assert "Telegram kent dit token niet" in bot.log
        assert "WRONG" not in bot.log
        assert "Traceback" not in bot.log


@pytest.mark.parametrize("token", ["abc", "123", "123:", ":abc", "123:a b", "123:\u202e", "1:a\n"])
def test_what_is_no_token_stops_before_any_call(server: BotApiServer, token: str) -> None:
    with BotProcess(server, COPRO_TELEGRAM_TOKEN=token + "/../x") as bot:
        assert bot.ended() == 1
        assert "Dit is geen token van Telegram" in bot.log

    assert server.calls == []


@pytest.mark.parametrize("token", ["", "   "])
def test_without_a_token_it_says_how_to_get_one(token: str) -> None:
    with BotProcess(None, COPRO_TELEGRAM_TOKEN=token) as bot:
        assert bot.ended() == 2
        assert "@BotFather" in bot.log
        assert "coproductiewijzer chat" in bot.log


@pytest.mark.parametrize("address", ["api.telegram.org", "ftp://x", "http://", "http://a b"])
def test_a_wrong_address_is_refused(address: str) -> None:
    with BotProcess(None, COPRO_TELEGRAM_TOKEN="1:a", COPRO_TELEGRAM_BASE_URL=address) as bot:
        assert bot.ended() == 2
        assert "COPRO_TELEGRAM_BASE_URL" in bot.log


def test_an_unreachable_telegram_is_tried_again_until_told_to_stop() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with BotProcess(
        None, COPRO_TELEGRAM_TOKEN="123456:TEST", COPRO_TELEGRAM_BASE_URL=address
    ) as bot:
        bot.until(lambda process: process.log.count("Telegram cannot be reached") == 2)

        assert bot.terminate() == 0
        assert "Traceback" not in bot.log


def test_polling_goes_on_after_faults(server: BotApiServer, anna: Person) -> None:
    with BotProcess(server):
        anna.say("/zelfcheck")
        anna.wait(shows("Vraag 1"))
        for kind in ("server_error", "bad_gateway", "half_body", "too_many_requests"):
            server.faults.add(kind, method="getUpdates")
        anna.tap("Ja")
        anna.wait(shows("Vraag 2"), timeout=30)
        anna.wait_quiet()


def test_a_chat_that_must_wait_does_not_hold_up_another(server: BotApiServer, anna: Person) -> None:
    with BotProcess(server):
        anna.say("/zelfcheck")
        anna.wait(shows("Vraag 1"))
        bob = Person(server, 8)
        server.faults.add("too_many_requests", method="editMessageText", chat_id=7, retry_after=4)
        anna.tap("Ja")
        bob.say("/zelfcheck")
        bob.wait(shows("Vraag 1"))
        assert "Vraag 1" in anna.last.text

        anna.wait(shows("Vraag 2"))
        anna.wait_quiet()


def test_what_one_person_does_is_handled_in_order(server: BotApiServer, anna: Person) -> None:
    anna.say("/zelfcheck")
    for word in ("ja", "ja", "ja", "terug", "nee", "wijzigen"):
        anna.say(word)
    with BotProcess(server):
        anna.wait_quiet()
        anna.wait(shows("Uw antwoorden"))

    assert ["Inzet van medewerkers: Nee"] in anna.last.buttons


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"message_id": "x", "chat": 5, "date": "gisteren"},
        {"message_id": 1, "date": 1, "chat": {"id": 9, "type": "private"}, "text": ["geen tekst"]},
        {"message_id": 1, "date": 1e300, "chat": None},
    ],
)
def test_an_update_that_cannot_be_read_blocks_nobody(
    server: BotApiServer, anna: Person, broken: dict[str, object]
) -> None:
    with BotProcess(server) as bot:
        server.state.add_update("message", broken)
        anna.say("/zelfcheck")
        anna.wait(shows("Vraag 1"))
        anna.wait_quiet()

        assert "gisteren" not in bot.log
        assert "geen tekst" not in bot.log


def test_one_flooding_chat_that_must_wait_leaves_room_for_the_others(
    server: BotApiServer, anna: Person
) -> None:
    server.faults.add(
        "too_many_requests", method="sendMessage", chat_id=7, times=1000, retry_after=30
    )
    for _ in range(250):
        anna.say("bla")
    bob = Person(server, 8)
    bob.say("/zelfcheck")
    with BotProcess(server):
        bob.wait(shows("Vraag 1"), timeout=30)
        bob.tap("Ja")
        bob.wait(shows("Vraag 2"), timeout=30)
        bob.wait(lambda _: not server.unanswered_queries())


def test_what_cannot_be_finished_in_time_is_left_for_the_next_process(
    server: BotApiServer, anna: Person
) -> None:
    with BotProcess(server) as bot:
        anna.say("/start")
        anna.wait(shows("Welkom"))
        anna.wait_quiet()
        server.faults.add("too_many_requests", method="sendMessage", retry_after=60)
        anna.say("/zelfcheck")
        anna.wait(lambda _: server.faults.pending() == 0)

        assert bot.terminate() == 0
        assert server.state.pending_count == 1

        bot.start()
        anna.wait(shows("Vraag 1"))
        anna.wait_quiet()
