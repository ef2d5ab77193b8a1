"""Addresses for machines: may it be indexed, whom to warn."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.settings import WebSettings

_ROBOTS = "User-agent: *\nAllow: /\n"


class Service:
    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings

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
