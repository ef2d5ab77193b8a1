"""The webhook as a real process, to which the emulated server delivers as the real one does."""

import gzip
import http.client
import json
from collections.abc import Iterator
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest

from bot.settings import TelegramSettings
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.botapi.webhook import Pace
from tests.botapi.webhook_http import SECRET_HEADER
from tests.telegram.judge import judge
from tests.telegram.process import BotProcess, webhook_command, with_webhook

QUICK = Pace(first_pause=0.05, longest_pause=0.2, slow=60.0)
JSON = "application/json"
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def server() -> Iterator[BotApiServer]:
    with BotApiServer(webhook_pace=QUICK) as server:
        yield server
    judge(server)


@pytest.fixture(scope="module")
def bot(server: BotApiServer) -> Iterator[BotProcess]:
    with with_webhook(server, COPRO_LOG_LEVEL="DEBUG") as bot:
        bot.until_ready()
        assert webhook_command(server, "set").returncode == 0
        yield bot
        for secret in (server.token, server.token.split(":")[1], secret_of(server)):
            assert secret not in bot.log
        assert "Traceback" not in bot.log


@pytest.fixture
def anna(server: BotApiServer, bot: BotProcess, request: pytest.FixtureRequest) -> Person:
    """Somebody else in each test."""
    return Person(server, 1_000 + request.session.testscollected + len(server.state.chats))


def secret_of(server: BotApiServer) -> str:
    return TelegramSettings(server.token, "", "").webhook_secret


def post(
    bot: BotProcess, body: bytes | Iterator[bytes], secret: str, kind: str = JSON, **more: str
) -> Answer:
    """Straight to the process, as a stranger or a proxy would."""
    headers = {"Content-Type": kind, SECRET_HEADER: secret} | more
    line = http.client.HTTPConnection(urlsplit(bot.url).netloc, timeout=30)
    with closing(line):
        line.putrequest("POST", "/telegram")
        for name, value in headers.items():
            line.putheader(name, value.encode("utf-8"))
        if isinstance(body, bytes):
            line.putheader("Content-Length", str(len(body)))
        else:
            line.putheader("Transfer-Encoding", "chunked")
        # It need not read all before it refuses.
        with suppress(BrokenPipeError, ConnectionResetError):
            line.endheaders(body, encode_chunked=not isinstance(body, bytes))
        answer = line.getresponse()
        return answer.status, dict(answer.headers), answer.read()


def asks(person: Person, question: int) -> None:
    person.wait(lambda _: f"Vraag {question} van" in person.last.text, timeout=30)


def test_a_whole_conversation(server: BotApiServer, anna: Person) -> None:
    anna.say("/zelfcheck")
    asks(anna, 1)
    for number, word in enumerate(["Ja", "ja", "Ja", "1", "Ja", "Nee", "Ja"], 2):
        if word.istitle():
            anna.tap(word)
        else:
            anna.say(word)
        asks(anna, number)
    anna.say("weet ik niet")
    anna.wait(lambda _: "coproductie in de implementatie" in anna.last.text, timeout=30)
    anna.wait_quiet()
    links = [row[0] for row in anna.last.buttons if row == ["Bekijk op de website"]]
    assert links


def test_a_tap_is_answered_in_the_response(server: BotApiServer, anna: Person) -> None:
    anna.say("/zelfcheck")
    asks(anna, 1)
    anna.wait_quiet()
    before, posted = len(server.calls), len(server.posted)
    anna.tap("Ja")
    asks(anna, 2)
    anna.wait_quiet()

    [delivery] = server.posted[posted:]
    assert (delivery.status, delivery.method) == (200, "answerCallbackQuery")
    # The second one was carried out by the server itself, out of the response.
    made = [call.method for call in server.calls[before:]]
    assert made == ["editMessageText", "answerCallbackQuery"]
    assert server.unanswered_queries() == []


@pytest.mark.parametrize("secret", ["", "x", "é", "☃" * 20, "a" * 64])
def test_a_stranger_is_refused(bot: BotProcess, secret: str) -> None:
    status, _, body = post(bot, b'{"update_id": 1}', secret)
    assert (status, body) == (403, b"")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_kind_of_content_is_refused(
    bot: BotProcess, server: BotApiServer, kind: str
) -> None:
    assert post(bot, b"{}", secret_of(server), kind)[0] == 415


def test_what_is_too_large_is_refused(bot: BotProcess, server: BotApiServer) -> None:
    assert post(bot, b" " * 1_000_001, secret_of(server))[0] == 413
    chunks = (b" " * 100_000 for _ in range(11))
    assert post(bot, chunks, secret_of(server))[0] == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"\xff\xfe",
        b'{"update_id": NaN',
        b"[]",
        b'[{"update_id": 1}]',
        b"17",
        b"null",
        b"[" * 10_000 + b"]" * 10_000,
        b'{"update_id": 1, "message": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001,
        b'{"update_id": "x", "message": {"chat": 5}}',
        b'{"update_id": 1, "message": {"chat": {"id": 5, "type": "private"}, "text": {}}}',
        b'{"update_id": 1, "callback_query": []}',
        b'{"update_id": 1, "poll": {"id": "1"}}',
        gzip.compress(b"{}", mtime=0),
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_no_update_is_taken_once_and_all_goes_on(
    server: BotApiServer, bot: BotProcess, anna: Person, body: bytes
) -> None:
    anna.say("/zelfcheck")
    asks(anna, 1)
    assert post(bot, body, secret_of(server))[0] == 200
    anna.tap("Ja")
    asks(anna, 2)
    anna.wait_quiet()


def test_an_update_that_makes_handling_fail_is_brought_once(
    server: BotApiServer, bot: BotProcess, anna: Person
) -> None:
    anna.say("/zelfcheck")
    asks(anna, 1)
    anna.wait_quiet()
    # More often than a call is tried again.
    server.faults.add("bad_gateway", method="sendMessage", chat_id=anna.chat_id, times=4)
    posted = len(server.posted)
    anna.say("/help")
    anna.wait(lambda _: "Er ging iets mis" in anna.last.text, timeout=60)
    anna.wait_quiet(30)

    assert [one.status for one in server.posted[posted:]] == [200]
    assert "could not be handled" in bot.log
    anna.tap("Ja")
    anna.wait(lambda _: any("Vraag 2 van" in message.text for message in anna.messages))


def test_a_chat_that_must_wait_long_is_brought_again(server: BotApiServer, anna: Person) -> None:
    bob = Person(server, anna.chat_id + 1_000)
    for one in (anna, bob):
        one.say("/zelfcheck")
        asks(one, 1)
        one.wait_quiet()
    posted = len(server.posted)
    server.faults.add(
        "too_many_requests", method="editMessageText", chat_id=anna.chat_id, retry_after=6
    )
    anna.tap("Ja")
    anna.wait(lambda _: server.posted[posted:] != [])
    assert server.posted[posted].status == 429
    bob.tap("Ja")
    asks(bob, 2)
    assert "Vraag 1 van" in anna.last.text
    asks(anna, 2)
    anna.wait_quiet(30)

    assert [one.status for one in server.posted[posted:]] == [429, 200, 200]
    assert server.unanswered_queries() == []


def test_until_it_is_ready_it_has_to_come_again_later(server: BotApiServer) -> None:
    with BotApiServer(webhook_pace=QUICK) as other:
        other.faults.add("server_error", method="getMe", times=3)
        bob = Person(other, 7)
        with with_webhook(other) as bot:
            bot.until(lambda _: "web ok" in bot.klaar())
            assert webhook_command(other, "set").returncode in (0, 1)
            status, headers, _ = post(bot, b'{"update_id": 1}', secret_of(other))
            assert (status, headers["retry-after"]) == (503, "1")
            bot.until_ready()
            assert webhook_command(other, "set").returncode == 0
            bob.say("/zelfcheck")
            asks(bob, 1)


def test_no_page_shows_a_secret(server: BotApiServer, bot: BotProcess) -> None:
    for path in ("/", "/telegram", "/privacy", "/metrics", "/klaar", "/gezond"):
        for site in (bot.url, bot.management):
            line = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
            with closing(line):
                line.request("GET", path)
                said = line.getresponse().read().decode()
                assert server.token.split(":")[1] not in said
                assert secret_of(server) not in said


def test_an_update_without_its_secret_leaves_no_trace(bot: BotProcess) -> None:
    before = bot.log
    post(bot, json.dumps({"update_id": 1, "message": {"text": "geheim woord"}}).encode(), "x")
    assert "geheim woord" not in bot.log.removeprefix(before)
