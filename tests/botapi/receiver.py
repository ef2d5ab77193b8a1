"""A small real receiver of webhook posts, for the tests of the emulator itself."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

Reply = Callable[[dict[str, Any]], Awaitable[web.StreamResponse]]


class Receiver:
    """What came in, and how many requests were under way at once."""

    def __init__(self, reply: Reply) -> None:
        self.updates: list[dict[str, Any]] = []
        self.requests: list[web.Request] = []
        self.origin = ""
        self.under_way = 0
        self.most = 0
        self._reply = reply

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]

    async def take(self, request: web.Request) -> web.StreamResponse:
        update = await request.json()
        self.requests.append(request)
        self.updates.append(update)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            return await self._reply(update)
        finally:
            self.under_way -= 1


async def fine(_update: dict[str, Any]) -> web.StreamResponse:
    return web.Response()


@asynccontextmanager
async def receiver(reply: Reply = fine) -> AsyncIterator[Receiver]:
    receiving = Receiver(reply)
    app = web.Application()
    app.router.add_post("/ergens/telegram", receiving.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiving.origin = "http://{}:{}".format(*runner.addresses[0])
    try:
        yield receiving
    finally:
        await runner.cleanup()


def one_after_another(*replies: web.StreamResponse) -> Reply:
    """Give these replies, and after them only good ones."""
    left = list(replies)

    async def reply(_update: dict[str, Any]) -> web.StreamResponse:
        return left.pop(0) if left else web.Response()

    return reply
