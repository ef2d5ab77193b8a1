"""Real python-telegram-bot bots that talk to the emulated Bot API."""

from telegram import Bot
from telegram.request import HTTPXRequest

from tests.botapi.api import BotApi
from tests.botapi.in_process import InProcessRequest
from tests.botapi.server import BotApiServer


def http_bot(server: BotApiServer, token: str | None = None) -> Bot:
    """Build a bot that reaches the server over HTTP, with the server's token or another."""
    # Loading certificates would take most of the time, and nothing here is encrypted.
    plain = {"verify": False}
    return Bot(
        token or server.token,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs=plain),
        get_updates_request=HTTPXRequest(httpx_kwargs=plain),
    )


def in_process_bot(api: BotApi) -> Bot:
    """Build a bot that calls the API directly."""
    request = InProcessRequest(api)
    return Bot(api.token, request=request, get_updates_request=request)
