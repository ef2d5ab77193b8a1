"""A Bot API that answers at once, so that only the bot's own work is measured."""

import json

from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

TOKEN = "123456:BENCH"
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
_MESSAGE = {
    "message_id": 2,
    "date": 1,
    "chat": {"id": 7, "type": "private", "first_name": "A"},
    "from": BOT,
    "text": "x" * 300,
}
_ANSWERS = {
    method: json.dumps({"ok": True, "result": result}).encode()
    for method, result in {
        "getMe": BOT,
        "sendMessage": _MESSAGE,
        "editMessageText": _MESSAGE,
        "answerCallbackQuery": True,
    }.items()
}


class InstantRequest(BaseRequest):
    """Counts the calls and remembers the last keyboard, which the person then taps."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.keyboard: list[list[dict[str, str]]] = []

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
        name = url.rpartition("/")[2]
        # Serialising is part of a call, so it is done here as the HTTP client would.
        sent = request_data.json_parameters if request_data else {}
        self.calls.append(name)
        if "reply_markup" in sent:
            self.keyboard = json.loads(sent["reply_markup"])["inline_keyboard"]
        return 200, _ANSWERS[name]
