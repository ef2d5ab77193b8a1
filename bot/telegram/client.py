"""The HTTP client behind the bot library, on aiohttp.

The client that comes with the library is the largest cost of a message: about 2 of the 2.7 ms of
processor time of one call, and twice that with forty calls in flight. This one takes part of the
place that the library documents for it (`telegram.request.BaseRequest`). It also keeps the library
from building message objects that nobody reads: for the calls of a dialogue it says that they
worked, not what the message now looks like.

The token is part of every address, so an error of aiohttp never leaves this module: what is raised
is free of addresses, in its text and in its chain of causes.
"""

import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

_MOST = 4 * 1024 * 1024  # bytes of one answer; a full batch of updates is far smaller
_IDLE = 30.0  # seconds that a connection is kept, well below what servers keep theirs
_UNREAD = frozenset({"sendMessage", "editMessageText", "sendDocument", "answerCallbackQuery"})
_WORKED = b'{"ok":true'
_RESULT_IS_TRUE = b'{"ok":true,"result":true}'
_OF_THE_BOT_API = re.compile(rb'\s*\{\s*"ok"\s*:')
_PLAIN = {"Accept-Encoding": "identity"}
_JSON = _PLAIN | {"Content-Type": "application/json"}
_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)


class NeverSent(Exception):
    """Cause of an error: there was no connection, so the call surely had no effect."""


class NoAnswer(Exception):
    """Cause of an error: the call may have had its effect, but the answer is not known."""


class AiohttpRequest(BaseRequest):
    """Calls the Bot API. Time-outs are in seconds, None for no limit.

    ``connections`` is how many calls can be under way at once. A proxy is taken from the
    environment (`HTTPS_PROXY`, `NO_PROXY`). Raises NetworkError or TimedOut, with a NeverSent or
    a NoAnswer as their cause.
    """

    def __init__(
        self,
        connections: int = 200,
        *,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 10.0,
        connect_timeout: float | None = 10.0,
        pool_timeout: float | None = 10.0,
    ) -> None:
        self._connections = connections
        self._read, self._write = read_timeout, write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._usual = _timeout(read_timeout, write_timeout, connect_timeout, pool_timeout)
        self._proxies: dict[str, str | None] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take when a call does not say so itself."""
        return self._read

    async def initialize(self) -> None:
        """Make ready for calls, also after `shutdown`."""
        if self._session is None:
            self._proxies.clear()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                auto_decompress=False,
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        write_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        connect_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        pool_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; status and body of the answer. Raises NetworkError, TimedOut."""
        timeout = self._usual
        given = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        if any(one is not BaseRequest.DEFAULT_NONE for one in given):
            usual = (self._read, self._write, self._connect, self._pool)
            timeout = _timeout(*map(_seconds, given, usual))
        try:
            status, body = await self._call(url, method, request_data, timeout)
            return status, _as_the_library_needs_it(url, method, status, body)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure, cause = _without_address(error)
        # Not in the handler: there it would get the error with the address as its context.
        raise failure from cause

    async def _call(
        self, url: str, method: str, data: RequestData | None, timeout: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the client was not initialised, or is shut down")
        body, headers = _body(data)
        async with self._session.request(
            method,
            url,
            data=body,
            headers=headers,
            timeout=timeout,
            proxy=self._proxy(url),
            allow_redirects=False,
        ) as response:
            received = bytearray()
            while piece := await response.content.readany():
                received += piece
                if len(received) > _MOST:
                    raise aiohttp.ClientPayloadError("too much")
            return response.status, bytes(received)

    def _proxy(self, url: str) -> str | None:
        # With `trust_env` aiohttp asks this in a thread, twice for each call.
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._proxies:
            direct = proxy_bypass(parts.hostname or "")
            self._proxies[origin] = None if direct else getproxies().get(parts.scheme)
        return self._proxies[origin]


def _seconds(given: "ODVInput[float]", usual: float | None) -> float | None:
    return given if given is None or isinstance(given, int | float) else usual


def _timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    # aiohttp has no limit for writing; it starts to count for reading when all is written.
    connected = None if connect is None or pool is None else connect + pool
    all_of_it = None if read is None or write is None or connected is None else connected + write
    return aiohttp.ClientTimeout(
        total=None if all_of_it is None or read is None else all_of_it + read,
        connect=connected,
        sock_connect=connect,
        sock_read=read,
    )


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, _PLAIN
    if not data.contains_files:
        return data.json_payload, _JSON
    form = aiohttp.FormData(quote_fields=False, charset="utf-8")
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, _PLAIN


def _as_the_library_needs_it(url: str, method: str, status: int, body: bytes) -> bytes:
    if method != "POST":
        return body
    if status == HTTPStatus.GATEWAY_TIMEOUT:
        raise TimeoutError
    if not _OF_THE_BOT_API.match(body):
        if status == HTTPStatus.OK:
            raise aiohttp.ClientPayloadError("not of the Bot API")
        return b""  # The library quotes it, and a page of a proxy may quote the address.
    if status == HTTPStatus.OK and body.startswith(_WORKED) and url.rpartition("/")[2] in _UNREAD:
        if not body.endswith(b"}"):
            raise aiohttp.ClientPayloadError("cut off")
        return _RESULT_IS_TRUE
    return body


def _without_address(error: Exception) -> tuple[NetworkError, Exception]:
    name = type(error).__name__
    cause = (NeverSent if isinstance(error, _NEVER_SENT) else NoAnswer)(name)
    return TimedOut(name) if isinstance(error, TimeoutError) else NetworkError(name), cause
