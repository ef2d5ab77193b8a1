"""Telegram brings the updates: one HTTP request each, answered when the update has been handled.

So an update that a dying process had in hand is brought again, to whichever process is there then.
The answer to a tap goes back as the body of the response, which saves a call.
"""

import hmac
import json
import math

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.metrics import Metrics
from bot.telegram.delivery import Later
from bot.telegram.updates import Answered, Updates

PATH = "/telegram"
LONGEST_WAIT = 5.0  # seconds a chat may have to wait within a request; else it is brought again
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 its name
_LARGEST = 1_000_000  # bytes; an update has some ten thousand at most
_NOT_YET = 1  # seconds after which a process that starts may be asked again


class Webhook:
    """The address to which Telegram brings updates. Until ``open`` they are asked for later."""

    def __init__(self, secret: str, metrics: Metrics) -> None:
        self._secret = secret.encode()
        self._metrics = metrics
        self._updates: Updates | None = None

    def open(self, updates: Updates) -> None:
        self._updates = updates

    @property
    def routes(self) -> list[Route]:
        """To be served where the public address leads to."""
        return [Route(PATH, self.respond, methods=["POST"])]

    async def respond(self, request: Request) -> Response:
        """403, 413 and 415 are for strangers; whatever Telegram brings is taken, once."""
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
