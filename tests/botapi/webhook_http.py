"""One update on its way to a webhook, over real HTTP, and what the answer asks for."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from tests.botapi.parameters import Json, compact

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_NOT_IN_AN_ANSWER = {"setwebhook", "deletewebhook", "close", "logout"}


@dataclass(frozen=True)
class Answer:
    """What came back. Status 0 stands for no answer; `reason` then says why."""

    status: int
    reason: str
    target: str = ""
    content_type: str = ""
    retry_after: int = 0
    body: bytes = b""


class Post:
    """Posts to one webhook, at most `max_connections` at a time.

    `target_order` gives the local addresses behind a public origin, in the order in which a proxy
    would try to connect to them; `time_out` is in seconds.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        webhook: Json,
        target_order: Callable[[str], list[str]],
        time_out: float,
    ) -> None:
        self.webhook = webhook
        self._session = session
        self._target_order = target_order
        self._timeout = aiohttp.ClientTimeout(total=time_out)
        self._gate = asyncio.Semaphore(webhook["max_connections"])
        parts = urlsplit(webhook["url"])
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._rest = webhook["url"].removeprefix(self._origin)
        self._headers = {"Host": parts.netloc, "Content-Type": "application/json"}
        if webhook["secret_token"]:
            self._headers[SECRET_HEADER] = webhook["secret_token"]

    async def __call__(self, update: Json) -> Answer:
        """Post one update."""
        async with self._gate:
            for target in self._target_order(self._origin):
                try:
                    return await self._at(target, compact(update))
                except aiohttp.ClientConnectorError:
                    continue
                except TimeoutError:
                    return Answer(0, "Read timeout expired", target)
                except aiohttp.ClientError:
                    return Answer(0, "Webhook connection closed", target)
            return Answer(502, "Bad Gateway")

    async def _at(self, target: str, body: bytes) -> Answer:
        async with self._session.post(
            target + self._rest,
            data=body,
            headers=self._headers,
            timeout=self._timeout,
            allow_redirects=False,
        ) as response:
            wait = response.headers.get("Retry-After", "")
            return Answer(
                response.status,
                response.reason or "",
                target,
                response.headers.get("Content-Type", ""),
                int(wait) if wait.isdecimal() else 0,
                await response.read(),
            )


def call_in(answer: Answer) -> tuple[Json | None, str | None]:
    """Return the call that stands in an answer, or what is wrong with it.

    The real server ignores in silence what it does not understand here.
    """
    if not answer.content_type.startswith("application/json"):
        return None, "the answer has a body that is not sent as JSON"
    try:
        params = json.loads(answer.body)
    except ValueError:
        return None, "the answer is no JSON"
    if not isinstance(params, dict):
        return None, "the answer is no JSON object"
    if "method" not in params:
        return None, None
    method = str(params["method"]).lower()
    if method.startswith("get") or method in _NOT_IN_AN_ANSWER:
        return None, f"{params['method']} cannot be called in an answer"
    return params, None
