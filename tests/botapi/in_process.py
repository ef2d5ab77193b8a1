"""A python-telegram-bot request that calls the emulated Bot API directly, without HTTP."""

from typing import Any

from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.client import NoAnswer
from tests.botapi.api import BotApi, Ending
from tests.botapi.parameters import Upload


class InProcessRequest(BaseRequest):
    """Hands each call to a BotApi on the caller's own event loop.

    Use it for both requests of an application; take the updates for `process_update` with
    `api.state.take_updates()`. A fault that cuts the connection arrives as NetworkError, one
    that hangs as TimedOut, with the causes that the client of the bot gives them.
    """

    def __init__(self, api: BotApi) -> None:
        self.api = api

    @property
    def read_timeout(self) -> float | None:
        """Nothing is read from a socket, so nothing can take too long."""
        return None

    async def initialize(self) -> None:
        """Do nothing: there is no connection to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is no connection to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = DEFAULT_NONE,
        write_timeout: ODVInput[float] = DEFAULT_NONE,
        connect_timeout: ODVInput[float] = DEFAULT_NONE,
        pool_timeout: ODVInput[float] = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer the call that `url` names."""
        root, _, api_method = url.rpartition("/")
        token = root.rpartition("/bot")[2]
        response = await self.api.respond(token, api_method, _parameters(request_data))
        if response.ending is Ending.TIMEOUT:
            raise TimedOut from NoAnswer
        if response.ending is not Ending.COMPLETE:
            raise NetworkError(response.ending.value) from NoAnswer
        return response.status, response.body


def _parameters(data: RequestData | None) -> dict[str, object]:
    if data is None:
        return {}
    uploads = data.multipart_data if data.contains_files else {}
    return data.json_parameters | {name: _upload(*file) for name, file in uploads.items()}


def _upload(name: str, content: Any, _mime_type: str) -> Upload:  # noqa: ANN401  # bytes or file
    return Upload(name, content if isinstance(content, bytes) else content.read())
