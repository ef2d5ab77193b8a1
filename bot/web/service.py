"""Addresses for machines: is it alive, is it ready, may it be indexed, whom to warn."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.settings import WebSettings

_ROBOTS = "User-agent: *\nAllow: /\n"
_FRESH = {"Cache-Control": "no-store"}


class Service:
    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings

    async def answers(self, request: Request) -> Response:
        """Alive, and ready as well: nothing is listened for until the content has been read."""
        return PlainTextResponse("ok\n", headers=_FRESH)

    async def robots(self, request: Request) -> Response:
        # Whether a page may be found stands in its own headers; who may not read those cannot obey.
        return PlainTextResponse(_ROBOTS)

    async def security(self, request: Request) -> Response:
        """RFC 9116. Only there when the settings name a contact and a date."""
        settings = self._settings
        lines = [
            f"Contact: {settings.security_contact}",
            f"Expires: {settings.security_expires}T23:59:59Z",
            "Preferred-Languages: nl, en",
        ]
        if settings.public_url:
            lines.append(f"Canonical: {settings.public_url}/.well-known/security.txt")
        return PlainTextResponse("\n".join(lines) + "\n")
