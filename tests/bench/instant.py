"""A Bot API that answers at once, so that only the bot's own work is measured."""

import json

from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from tests.bench.answers import answer
from tests.bench.dialogue import Keyboard


class Calls:
    """The calls that were made, and the last keyboard, which the person then taps."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._markup = ""

    def made(self, name: str, reply_markup: str | None) -> bytes:
        """Give the answer to a call."""
        self.names.append(name)
        self._markup = reply_markup or self._markup
        return answer(name)

    @property
    def keyboard(self) -> Keyboard:
        keyboard: Keyboard = json.loads(self._markup)["inline_keyboard"]
        return keyboard


class InstantRequest(BaseRequest):
    """For python-telegram-bot: in the place of its HTTP client."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

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
        # Serialising is part of a call, so it is done here as the HTTP client would.
        sent = request_data.json_parameters if request_data else {}
        return 200, self._calls.made(url.rpartition("/")[2], sent.get("reply_markup"))
