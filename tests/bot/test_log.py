"""The token reaches no line of the log, whatever way it takes."""

import logging
import sys
from collections.abc import Iterator

import pytest

from bot.log import RedactingFormatter, configure_logging, describe

TOKEN = "123456:AAE-secret_part"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook = hook
    for name in ("telegram", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("x", logging.ERROR, "x.py", 1, message, args, info)


def test_it_is_taken_out_of_message_argument_and_traceback() -> None:
    formatter = RedactingFormatter((TOKEN,))
    try:
        raise ValueError(f"https://example.org/bot{TOKEN}/getMe")
    except ValueError as error:
        lines = [
            formatter.format(record(f"bot{TOKEN}")),
            formatter.format(record("%s and %r", TOKEN, {"url": TOKEN})),
            formatter.format(record("trouble", error=error)),
            formatter.format(record("https://example.org/bot123456%3AAAE-secret_part/x")),
        ]

    assert all("secret_part" not in line for line in lines)
    assert all("[token]" in line for line in lines)


def test_the_end_of_the_program_is_redacted_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO", (TOKEN,))
    error = RuntimeError(TOKEN)
    sys.excepthook(RuntimeError, error, None)
    logging.getLogger("httpx").error("POST /bot%s/getMe", TOKEN)
    logging.getLogger("telegram.ext").critical("update %s", "geheim")

    written = capsys.readouterr().err
    assert "ended by an error" in written
    assert "secret_part" not in written
    assert "geheim" not in written
    assert "POST" not in written


def test_an_error_is_described_without_what_it_says() -> None:
    try:
        dict[str, str]()["Anna woont hier"]
    except KeyError as error:
        said = describe(error)

    assert said.startswith("KeyError at test_log.py:")
    assert "Anna" not in said
