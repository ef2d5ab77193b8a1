"""A Bot API on a port: it says that every call worked, and tells who waits what was shown."""

import asyncio
import json
import re
import time
from urllib.parse import unquote_plus, urlsplit

from tests.bench.answers import SHOWING, answer
from tests.bench.dialogue import Keyboard
from tests.bench.raw_http import Answering

Fields = dict[str, str]
_PART = re.compile(r'name="(\w+)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n(.*?)\r\n--', re.DOTALL)


class StubBotApi:
    """``delay``: seconds that an answer is under way. ``calls``: how many came in.

    A reply is visible as soon as the call arrives; only its answer takes longer.
    """

    def __init__(self) -> None:
        self.delay = 0.0
        self.calls = 0
        self.webhook: asyncio.Future[tuple[str, str]] = asyncio.get_running_loop().create_future()
        self._server: asyncio.Server | None = None
        self._waiting: dict[str, asyncio.Future[float]] = {}
        self._keyboards: dict[str, Keyboard] = {}

    async def listen(self) -> str:
        """The address below which the calls are expected."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def _connection(self) -> Answering:
        return Answering(self._called, lambda: self.delay)

    def shown(self, chat: int) -> asyncio.Future[float]:
        """When the next reply in this chat was visible."""
        waiting = self._waiting[str(chat)] = asyncio.get_running_loop().create_future()
        return waiting

    def keyboard(self, chat: int) -> Keyboard:
        """The one that this chat got last."""
        return self._keyboards[str(chat)]

    def forget(self, chat: int) -> None:
        self._keyboards.pop(str(chat), None)

    def _called(self, path: str, body: bytes) -> bytes:
        method = path.rpartition("/")[2]
        self.calls += 1
        if method in SHOWING:
            self._show(_fields(body))
        elif method == "setWebhook":
            fields = _fields(body)
            self.webhook.set_result((urlsplit(fields["url"]).path, fields["secret_token"]))
        return answer(method)

    def responded(self, body: bytes) -> None:
        """A webhook was answered, with a call in it or without."""
        # A bot can see these no more than Telegram's own answers, so they take no time.
        if b"method" in body:
            fields = _fields(body)
            if fields.get("method") in SHOWING:
                self._show(fields)

    def _show(self, fields: Fields) -> None:
        chat = fields["chat_id"]
        if markup := fields.get("reply_markup"):
            self._keyboards[chat] = json.loads(markup)["inline_keyboard"]
        if waiting := self._waiting.pop(chat, None):
            waiting.set_result(time.perf_counter())


def _fields(body: bytes) -> Fields:
    """Of a call as JSON, as a form, or as a form with parts."""
    text = body.decode()
    if text.startswith("{"):
        return {name: _text(value) for name, value in json.loads(text).items()}
    if text.startswith("--"):
        return dict(_PART.findall(text))
    pairs = (pair.partition("=") for pair in text.split("&"))
    # The long texts are left as they are: nobody reads them here.
    return {name: value if name == "text" else unquote_plus(value) for name, _, value in pairs}


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
