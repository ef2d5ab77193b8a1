"""Logging that never shows a secret, a chat or what somebody said.

On a terminal the lines are for people; elsewhere each line is a JSON object, for whoever collects
them.
"""

import asyncio
import json
import logging
import re
import sys
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any
from urllib.parse import quote, quote_plus, unquote

from pythonjsonlogger.json import JsonFormatter

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_HIDDEN = "[secret]"
# Those of others write addresses with the token in them, whole updates, or where somebody was in
# the conversation. uvicorn only logs errors, and has its own level.
_HEARD = ("bot", "dialogues", "uvicorn")
_SILENT = logging.CRITICAL + 1
_FIELDS = ("time", "level", "logger", "message", "exception")
_log = logging.getLogger(__name__)


class RedactingFormatter(logging.Formatter):
    """Takes the secrets out of the finished line, so also out of arguments and tracebacks."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        # The longest first: what is left of a secret of which a part was taken out is a hint.
        longest_first = sorted(forms, key=len, reverse=True)
        self._secret = re.compile("|".join(map(_any_case, longest_first)) or r"(?!)")

    def format(self, record: logging.LogRecord) -> str:
        return self._secret.sub(_HIDDEN, self._inner.format(record))


class JsonLines(JsonFormatter):
    """One JSON object a line, with the time in UTC, and nothing that a library adds."""

    def __init__(self) -> None:
        super().__init__(
            ("levelname", "name", "message"),
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "exception"},
            timestamp="time",
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {field: log_data[field] for field in _FIELDS if field in log_data}


def configure_logging(level: str, secrets: Iterable[str]) -> None:
    """Log to standard error, also what would end the program, without the secrets."""
    inner = logging.Formatter(_FORMAT) if sys.stderr.isatty() else JsonLines()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(inner, secrets))
    # A library may give one of its loggers a level of its own.
    handler.addFilter(lambda record: record.name.partition(".")[0] in _HEARD)
    logging.basicConfig(level=_SILENT, handlers=[handler], force=True)
    for name in _HEARD:
        logging.getLogger(name).setLevel(level)
    sys.excepthook = _log_end


def log_stray(loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """For `loop.set_exception_handler`: asyncio itself would quote the arguments of a callback."""
    error = context.get("exception")
    said = describe(error) if isinstance(error, BaseException) else context["message"]
    _log.error("nobody waited for what went wrong: %s", said)


def describe(error: BaseException) -> str:
    """Where an error arose and of what kind, without its message: that may quote a person."""
    places = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return f"{type(error).__name__} at {' > '.join(places[-6:])}"


def _forms(secret: str) -> set[str]:
    """How a secret can look in a line: as it is, in an address, in a repr, in JSON, in two."""
    forms = {secret, unquote(secret)}
    for _ in range(3):
        for form in tuple(forms):
            forms |= {quote(form, safe=""), quote(form), quote_plus(form)}
            forms |= {json.dumps(form)[1:-1], json.dumps(form, ensure_ascii=False)[1:-1]}
            # Of a text with both quotation marks: a repr escapes none that it can do without.
            forms |= {repr(f"'\"{form}")[4:-1], repr(form.encode())[2:-1]}
    return forms


def _any_case(form: str) -> str:
    """A pattern for a form; the digits of an escape may be written either way."""
    escape = r"(%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2})"
    parts = re.split(escape, form)
    return "".join(
        f"(?i:{re.escape(part)})" if number % 2 else re.escape(part)
        for number, part in enumerate(parts)
    )


def _log_end(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    logging.getLogger("bot").critical("ended by an error", exc_info=(kind, error, traceback))
