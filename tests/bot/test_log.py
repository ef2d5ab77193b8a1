"""No secret and nothing that somebody said reaches the log, whatever way it takes."""

import asyncio
import json
import logging
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote, quote_plus

import pytest

from bot.log import JsonLines, RedactingFormatter, configure_logging, describe, log_stray

TOKEN = "123456:AAE-secret_part"
PASSWORD = "p%w\"o/r'd é\\n+secret_part"
QUOTED = "o'r\\n+secret_part"
SECRETS = (TOKEN, PASSWORD, QUOTED)
LIBRARIES = ("aiohttp.client", "asyncio", "httpx", "push_response", "redis", "telegram.ext", "new")
WRITE = (
    "import logging; from bot.log import configure_logging; configure_logging('INFO', ());"
    "logging.getLogger('bot.x').warning('seen')"
)


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    names = ("", "bot", "dialogues", "uvicorn", *LIBRARIES)
    loggers = [logging.getLogger(name) for name in names]
    levels, handlers, hook = [one.level for one in loggers], loggers[0].handlers[:], sys.excepthook
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    loggers[0].handlers[:] = handlers
    sys.excepthook = hook


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("x", logging.ERROR, "x.py", 1, message, args, info)


def written(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize("inner", [logging.Formatter(), JsonLines()], ids=["plain", "json"])
@pytest.mark.parametrize("secret", SECRETS)
def test_it_is_taken_out_of_message_argument_and_traceback(
    inner: logging.Formatter, secret: str
) -> None:
    formatter = RedactingFormatter(inner, SECRETS)
    in_address = quote(secret, safe="")
    try:
        raise ValueError(f"https://example.org/bot{secret}/getMe")
    except ValueError as error:
        records = [
            record(f"bot{secret}"),
            record("%s and %r", secret, {"url": secret}),
            record("trouble", error=error),
            record("%r of %r", secret.encode(), f"\"{secret}'"),
            record("https://example.org/bot%s/x", in_address),
            record("redis://:%s@store and %s", quote(secret), quote_plus(secret)),
            record("https://example.org/bot%s/x", in_address.lower().replace("aae", "AAE")),
            record("next=%s", quote(f"https://example.org/bot{in_address}", safe="")),
            record("%s and %r", json.dumps({"url": secret}), json.dumps([{"url": secret}])),
            record("%s", json.dumps({"url": secret}, ensure_ascii=False)),
        ]

    for one in records:
        line = formatter.format(one)
        assert "secret_part" not in line
        assert "[secret]" in line


def test_a_secret_that_is_escaped_where_it_comes_from_is_known_as_it_is_used() -> None:
    formatter = RedactingFormatter(logging.Formatter(), [quote(PASSWORD, safe="")])

    assert formatter.format(record("AUTH %s", PASSWORD)) == "AUTH [secret]"


def test_nothing_is_left_of_a_secret_that_begins_as_another() -> None:
    formatter = RedactingFormatter(logging.Formatter(), ["abc", "abc-def"])

    assert formatter.format(record("abc abc-def")) == "[secret] [secret]"


@pytest.mark.parametrize("secrets", [(), ("",), ("", TOKEN)])
def test_without_secrets_nothing_is_taken_out(secrets: tuple[str, ...]) -> None:
    formatter = RedactingFormatter(logging.Formatter(), secrets)

    assert formatter.format(record("a %s", "b")) == "a b"


def test_a_line_is_a_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO", SECRETS)
    log = logging.getLogger("bot.x")
    log.info("two\nlines with %s", "é", extra={"chat": 7})
    log.debug("unseen")
    try:
        raise KeyError(TOKEN)
    except KeyError:
        log.exception("trouble")

    first, second = written(capsys)
    moment = datetime.fromisoformat(first.pop("time"))
    assert moment.utcoffset() == timedelta(0)
    assert first == {"level": "INFO", "logger": "bot.x", "message": "two\nlines with é"}
    assert list(second) == ["time", "level", "logger", "message", "exception"]
    assert second["exception"].endswith("KeyError: '[secret]'")


@pytest.mark.parametrize("on_terminal", [True, False])
def test_on_a_terminal_the_lines_are_for_people(on_terminal: bool) -> None:
    reader, writer = pty.openpty() if on_terminal else os.pipe()
    subprocess.run([sys.executable, "-c", WRITE], stderr=writer, check=True)
    line = os.read(reader, 1000).decode()
    os.close(writer)
    os.close(reader)

    assert line.startswith("{") == (not on_terminal)
    assert ("WARNING bot.x: seen" in line) == on_terminal


def test_the_end_of_the_program_is_redacted_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO", SECRETS)
    sys.excepthook(RuntimeError, RuntimeError(TOKEN), None)

    (line,) = written(capsys)
    assert (line["level"], line["message"]) == ("CRITICAL", "ended by an error")
    assert line["exception"] == "RuntimeError: [secret]"


def test_only_our_own_lines_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("DEBUG", ())
    for name in LIBRARIES:
        logging.getLogger(name).critical("update %s", "geheim")
    logging.getLogger("redis").setLevel(logging.DEBUG)
    logging.getLogger("redis").critical("with a level of its own: %s", "geheim")
    logging.getLogger("bot.web").debug("ours")

    assert [line["message"] for line in written(capsys)] == ["ours"]
    # They do not even take the time to make one.
    assert not logging.getLogger("httpx").isEnabledFor(logging.CRITICAL)


def test_what_goes_wrong_unnoticed_is_told_without_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(said: str) -> None:
        raise ValueError(said)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(log_stray)
        loop.set_debug(True)
        loop.slow_callback_duration = 0
        loop.call_soon(fail, "Anna woont hier")
        await asyncio.sleep(0)
        loop.call_exception_handler({"message": "Unclosed connection", "whose": "Anna"})

    configure_logging("DEBUG", ())
    asyncio.run(main())

    stray, unclosed = (line["message"] for line in written(capsys))
    assert "ValueError at" in stray
    assert "test_log.py" in stray
    assert "Anna" not in stray
    assert unclosed == "nobody waited for what went wrong: Unclosed connection"


def test_an_error_is_described_without_what_it_says() -> None:
    try:
        dict[str, str]()["Anna woont hier"]
    except KeyError as error:
        said = describe(error)

    assert said.startswith("KeyError at test_log.py:")
    assert "Anna" not in said
