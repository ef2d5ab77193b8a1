"""Telegram brings the updates: one HTTP request each, answered when the update has been handled.

So an update that a dying process had in hand is brought again, to whichever process is there then.
The answer to a tap goes back as the body of the response, which saves a call.
"""

import hmac
import json
import math

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.metrics import Metrics
from bot.telegram.delivery import Later
from bot.telegram.updates import Answered, Updates

LONGEST_WAIT = 5.0  # seconds a chat may have to wait within a request; else it is brought again
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 its name
_LARGEST = 1_000_000  # bytes; an update has some ten thousand at most
_NOT_YET = 1  # seconds after which a process that starts may be asked again


class Webhook:
    """The address to which Telegram brings updates; until ``open`` it has to come again later."""

    def __init__(self, secret: str, metrics: Metrics) -> None:
        self._secret = secret.encode()
        self._metrics = metrics
        self._updates: Updates | None = None

    def open(self, updates: Updates) -> None:
        self._updates = updates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        """What begins with 40 or 41 is for strangers; whatever Telegram brings is taken, once."""
        if request.method != "POST":
            return Response(status_code=405, headers={"Allow": "POST"})
        given = request.headers.get(_SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._secret):
            return Response(status_code=403)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return Response(status_code=415)
        body = await _limited(request)
        if body is None:
            return Response(status_code=413)
        if self._updates is None:
            return _later(503, _NOT_YET)
        try:
            update = json.loads(body)
            if not isinstance(update, dict):
                raise TypeError
        except (ValueError, TypeError, RecursionError):
            # Refusing it would bring it back for a day.
            self._metrics.failed("unreadable")
            return Response()
        try:
            return _answer(await self._updates.handle(update))
        except Later as later:
            return _later(429, math.ceil(later.seconds))


async def _limited(request: Request) -> bytes | None:
    """The body; None when it is too large, without reading it all."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return None
    return bytes(body)


def _later(status: int, seconds: int) -> Response:
    return Response(status_code=status, headers={"Retry-After": str(seconds)})


def _answer(answered: Answered | None) -> Response:
    if answered is None:
        return Response()
    call = {"method": "answerCallbackQuery", "callback_query_id": answered.query}
    if answered.notice:
        call["text"] = answered.notice
    return JSONResponse(call)
