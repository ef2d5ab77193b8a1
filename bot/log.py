"""Logging that never shows the token, a chat or what somebody said."""

import logging
import sys
from types import TracebackType
from urllib.parse import quote

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_HIDDEN = "[token]"
# These write addresses with the token in them, and at an error whole updates.
_TALKATIVE = ("telegram", "httpx", "httpcore")


class RedactingFormatter(logging.Formatter):
    """Takes the secrets out of the finished line, so also out of arguments and tracebacks."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__(_FORMAT)
        self._secrets = {form for secret in secrets for form in (secret, quote(secret, safe=""))}

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return line


def configure_logging(level: str, secrets: tuple[str, ...]) -> None:
    """Log to standard error, also what would end the program, without the secrets."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    sys.excepthook = _log_end


def _log_end(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    logging.getLogger("bot").critical("ended by an error", exc_info=(kind, error, traceback))


def describe(error: BaseException) -> str:
    """Where an error arose and of what kind, without its message: that may quote a person."""
    places = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return f"{type(error).__name__} at {' > '.join(places[-6:])}"
