"""One fixed page on a bare Starlette: what HTTP costs on the same server without work of ours."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.web.run import listen, serve

PAGE = "x" * 6500  # as large as a question


async def page(request: Request) -> Response:
    return HTMLResponse(PAGE)


if __name__ == "__main__":
    listener = listen("127.0.0.1", 0)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    asyncio.run(serve(Starlette(routes=[Route("/", page)]), listener, asyncio.Event()))
