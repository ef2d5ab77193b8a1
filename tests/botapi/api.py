"""The Bot API without a transport: every call goes through here, over HTTP or in process."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.botapi.chats import Chats, Query
from tests.botapi.faults import Fault, Faults, Kind
from tests.botapi.inline import InlineMethods
from tests.botapi.messages import MessageMethods
from tests.botapi.methods import Method
from tests.botapi.parameters import Json, Params, compact, decode
from tests.botapi.profile import ProfileMethods
from tests.botapi.rules import RefusedError, integer
from tests.botapi.updates import MAX_POLL_SECONDS, UpdateMethods, conflict

DEFAULT_TOKEN = "123456:TEST"


class Ending(StrEnum):
    """How the connection carries the answer. The last two give no answer at all."""

    COMPLETE = "complete"
    HALF = "half"
    RESET = "reset"
    TIMEOUT = "timeout"


@dataclass(frozen=True)
class Response:
    """An answer on its way to the bot. Status 0 stands for no answer."""

    status: int
    body: bytes
    content_type: str = "application/json"
    ending: Ending = Ending.COMPLETE


@dataclass(frozen=True)
class Call:
    """A call that was dealt with.

    `status` is 0 when a fault kept the call from being carried out without an answer. `error`
    is the description of a refusal, `fault` the scripted fault that struck. `time` is monotonic,
    in seconds, taken when the call was done; for a long poll that is the end of the waiting.
    """

    method: str
    params: Params
    status: int
    error: str | None
    time: float
    fault: Kind | None = None
    result: Any = None


class BotApi:
    """The emulated server: its methods, what it remembers and what it noticed.

    `query_lifetime` is how many seconds a tap, or what is being typed, can be answered. Raises
    ValueError for a token that does not start with the bot's number.
    """

    def __init__(self, token: str = DEFAULT_TOKEN, *, query_lifetime: float = 60.0) -> None:
        self.token = token
        self.state = Chats(
            {
                "id": int(token.partition(":")[0]),
                "is_bot": True,
                "first_name": "Testbot",
                "username": "test_bot",
            }
        )
        self.faults = Faults()
        self.calls: list[Call] = []
        self.closed = False
        self._methods: dict[str, Method] = (
            UpdateMethods(self.state).table()
            | MessageMethods(self.state, query_lifetime).table()
            | InlineMethods(self.state, query_lifetime).table()
            | ProfileMethods(self.state).table()
        )
        self._names = {name.lower(): name for name in self._methods}

    @property
    def violations(self) -> list[str]:
        """What a well-behaved bot does not do, even where the real server would put up with it."""
        return self.state.violations

    def calls_of(self, method: str) -> list[Call]:
        """Return the calls of one method, in order."""
        with self.state.lock:
            return [call for call in self.calls if call.method == method]

    def unanswered_queries(self) -> list[Query]:
        """Return the taps the bot never answered: their buttons keep spinning."""
        with self.state.lock:
            return [query for query in self.state.queries.values() if query.answer is None]

    def handle(self, method: str, params: Mapping[str, object]) -> tuple[int, Json]:
        """Carry out one call at once and return status and body; getUpdates does not wait."""
        return self._carry_out(self._names.get(method.lower(), method), decode(params), None)

    async def respond(self, token: str, method: str, params: Mapping[str, object]) -> Response:
        """Carry out one call as the real server does: with its waiting, and scripted faults."""
        name = self._names.get(method.lower(), method)
        decoded = decode(params)
        if token != self.token:
            return self._unauthorised(token, name, decoded)
        fault = self.faults.take(name, decoded.get("chat_id"))
        kind = fault.kind if fault else None
        if fault and not fault.kind.takes_effect:
            return await self._fail(fault, name, decoded)
        if name == "getUpdates":
            response = await self._long_poll(decoded, kind)
        else:
            response = _response(self._carry_out(name, decoded, kind))
        return await self._spoil(fault, response) if fault else response

    def close(self) -> None:
        """End every waiting call without an answer."""
        self.closed = True
        self.state.wake()

    @contextmanager
    def changes(self) -> Iterator[asyncio.Event]:
        """Give an event of the running loop, set on every change that can end a long poll."""
        loop = asyncio.get_running_loop()
        changed = asyncio.Event()
        with self.state.waking(lambda: loop.call_soon_threadsafe(changed.set)):
            yield changed

    def _unauthorised(self, token: str, name: str, params: Params) -> Response:
        # The real server does not even look up what cannot be a token.
        well_formed = token.partition(":")[0].isdigit()
        refusal = (
            RefusedError(401, "Unauthorized") if well_formed else RefusedError(404, "Not Found")
        )
        return _response(self._record(name, params, _refused(refusal), None))

    def _carry_out(self, name: str, params: Params, fault: Kind | None) -> tuple[int, Json]:
        with self.state.lock:
            self._check_names(name, params)
            return self._record(name, params, self._attempt(name, params), fault)

    def _attempt(self, name: str, params: Params) -> tuple[int, Json]:
        try:
            if name not in self._methods:
                raise RefusedError(404, "Not Found")
            return 200, {"ok": True, "result": self._methods[name].handler(params)}
        except RefusedError as refusal:
            return _refused(refusal)

    def _check_names(self, name: str, params: Params) -> None:
        if name not in self._methods:
            self.violations.append(f"unknown method {name}")
            return
        unknown = params.keys() - self._methods[name].parameters
        self.violations.extend(f"{name}: unknown parameter {one}" for one in sorted(unknown))

    def _record(
        self, name: str, params: Params, outcome: tuple[int, Json], fault: Kind | None
    ) -> tuple[int, Json]:
        status, body = outcome
        call = Call(
            name,
            params,
            status,
            body.get("description"),
            time.monotonic(),
            fault,
            body.get("result"),
        )
        with self.state.lock:
            self.calls.append(call)
        return outcome

    async def _long_poll(self, params: Params, fault: Kind | None) -> Response:
        with self.state.lock:
            self._check_names("getUpdates", params)
            self.state.polls_started += 1
            turn = self.state.polls_started
            self.state.wake()
        deadline = time.monotonic() + min(integer(params, "timeout"), MAX_POLL_SECONDS)
        with self.changes() as changed:
            while not self.closed:
                with self.state.lock:
                    outcome = self._poll_once(params, turn)
                    left = deadline - time.monotonic()
                    if outcome[0] != 200 or outcome[1]["result"] or left <= 0:
                        return _response(self._record("getUpdates", params, outcome, fault))
                await _wait(changed, left)
        return Response(0, b"", ending=Ending.RESET)

    def _poll_once(self, params: Params, turn: int) -> tuple[int, Json]:
        if turn != self.state.polls_started:
            reason = (
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
            return _refused(conflict(reason))
        return self._attempt("getUpdates", params)

    async def _fail(self, fault: Fault, name: str, params: Params) -> Response:
        if fault.kind in {Kind.TIMEOUT, Kind.RESET_BEFORE}:
            self._record(name, params, (0, {"description": fault.kind.value}), fault.kind)
            if fault.kind is Kind.RESET_BEFORE:
                return Response(0, b"", ending=Ending.RESET)
            await self._pause(fault.delay)
            return Response(0, b"", ending=Ending.TIMEOUT)
        status, body, content_type = fault.answer()
        self._record(name, params, (status, {"description": fault.kind.value}), fault.kind)
        return Response(status, body, content_type)

    async def _spoil(self, fault: Fault, response: Response) -> Response:
        if fault.kind is Kind.SLOW:
            await self._pause(fault.delay)
            return response
        ending = Ending.HALF if fault.kind is Kind.HALF_BODY else Ending.RESET
        return Response(response.status, response.body, response.content_type, ending)

    async def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        with self.changes() as changed:
            while not self.closed and (left := until - time.monotonic()) > 0:
                await _wait(changed, left)


async def _wait(changed: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await changed.wait()
    changed.clear()


def _refused(refusal: RefusedError) -> tuple[int, Json]:
    return refusal.status, {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }


def _response(outcome: tuple[int, Json]) -> Response:
    status, body = outcome
    return Response(status, compact(body))
