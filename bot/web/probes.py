"""Addresses for a supervisor or a proxy: is the process alive, can it do its job."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.readiness import Readiness

_FRESH = {"Cache-Control": "no-store"}


class Probes:
    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness

    async def alive(self, request: Request) -> Response:
        """That it is answered says it all: everything runs on the loop that answers this."""
        return PlainTextResponse("ok\n", headers=_FRESH)

    async def ready(self, request: Request) -> Response:
        """200 or 503, with a line for each part of the process."""
        status = 200 if self._readiness.ready else 503
        return PlainTextResponse(self._readiness.text(), status, headers=_FRESH)
