"""A page made with Jinja2 on a bare Starlette, as large as a question: no work of ours in it."""

import asyncio
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.web.run import listen, serve
from dialogues.loader import load
from dialogues.markup import plain

_templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
_template = _templates.get_template("bare.html")
_QUESTIONS = load().questions.values()
_PARAGRAPHS = [f"{plain(each.explanation)} {plain(each.why)}" for each in _QUESTIONS]
_LINKS = [
    (count, f"/weg?vraag={question.id}&meer=1")
    for question in _QUESTIONS
    for count in (*question.counts, *question.does_not_count)
]


async def page(request: Request) -> Response:
    return HTMLResponse(
        _template.render(title="Een vraag", name="Kaal", paragraphs=_PARAGRAPHS, links=_LINKS)
    )


def main() -> None:
    listener = listen("127.0.0.1", 0)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    # Packed as ours, because that takes as long as a page itself.
    packed = [Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)]
    app = Starlette(routes=[Route("/", page)], middleware=packed)
    asyncio.run(serve(app, listener, asyncio.Event()))


if __name__ == "__main__":
    main()
