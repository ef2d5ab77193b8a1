"""Scripted faults: what goes wrong, for which calls, and how often."""

import threading
from dataclasses import dataclass
from enum import StrEnum

from tests.botapi.parameters import compact


class Kind(StrEnum):
    """What goes wrong. The last three happen after the call took effect."""

    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    BAD_GATEWAY = "bad_gateway"
    TIMEOUT = "timeout"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    HALF_BODY = "half_body"
    SLOW = "slow"

    @property
    def takes_effect(self) -> bool:
        """Tell whether the call is carried out although the bot may not learn of it."""
        return self in {Kind.RESET_AFTER, Kind.HALF_BODY, Kind.SLOW}


@dataclass
class Fault:
    """One scripted fault. `retry_after` and `delay` are in seconds."""

    kind: Kind
    method: str | None
    chat_id: int | None
    times: int
    retry_after: int
    delay: float

    def fits(self, method: str, chat_id: object) -> bool:
        """Tell whether this call is still to be hit."""
        return self.times > 0 and self.method in {None, method} and self.chat_id in {None, chat_id}

    def answer(self) -> tuple[int, bytes, str]:
        """Return status, body and content type of a fault that is an answer of the server."""
        if self.kind is Kind.BAD_GATEWAY:
            page = b"<html><head><title>502 Bad Gateway</title></head></html>\r\n"
            return 502, page, "text/html"
        if self.kind is Kind.SERVER_ERROR:
            body: dict[str, object] = {
                "ok": False,
                "error_code": 500,
                "description": "Internal Server Error",
            }
        else:
            body = {
                "ok": False,
                "error_code": 429,
                "description": f"Too Many Requests: retry after {self.retry_after}",
                "parameters": {"retry_after": self.retry_after},
            }
        return int(str(body["error_code"])), compact(body), "application/json"


class Faults:
    """The faults still to come, in the order in which they were added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scripted: list[Fault] = []

    def add(
        self,
        kind: Kind | str,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        retry_after: int = 1,
        delay: float = 0.0,
    ) -> None:
        """Let the next `times` fitting calls go wrong.

        Without `method` or `chat_id` every method or chat fits. A call without a `chat_id`
        parameter, such as answerCallbackQuery, only fits a fault without one. `delay` is how
        many seconds a `timeout` or `slow` call hangs; `retry_after` goes with 429.
        """
        fault = Fault(Kind(kind), method, chat_id, times, retry_after, delay)
        with self._lock:
            self._scripted.append(fault)

    def take(self, method: str, chat_id: object) -> Fault | None:
        """Return the fault that hits this call, and count it as used."""
        with self._lock:
            fault = next((one for one in self._scripted if one.fits(method, chat_id)), None)
            if fault:
                fault.times -= 1
            return fault

    def pending(self) -> int:
        """Return how many faults have not struck yet."""
        with self._lock:
            return sum(fault.times for fault in self._scripted)

    def clear(self) -> None:
        """Let everything go right from here."""
        with self._lock:
            self._scripted.clear()
