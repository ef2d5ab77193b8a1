"""The web pages as one ASGI application."""

import json
import time
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.report.cards import alt_texts
from bot.report.queue import ReportQueue
from bot.report.texts import ReportTexts
from bot.settings import WebSettings
from bot.web.conversation import ConversationPages
from bot.web.guard import Guard, security_headers
from bot.web.information import InformationPages
from bot.web.pages import PDF, Pages
from bot.web.probes import Probes
from bot.web.questions import QuestionsPage
from bot.web.report import ReportFile
from bot.web.service import Service
from bot.web.site import Site
from bot.web.static_files import StaticFiles
from bot.web.texts import WebTexts
from dialogues.flow import Flow
from dialogues.understanding import Understanding

_FORM = ["GET", "POST"]
Endpoint = Callable[[Request], Awaitable[Response]]


def application(
    flow: Flow,
    understanding: Understanding,
    texts: WebTexts,
    settings: WebSettings,
    report_texts: ReportTexts,
    reports: ReportQueue | None,
    metrics: Metrics,
    readiness: Readiness,
    beside: Mapping[str, ASGIApp] = MappingProxyType({}),
) -> ASGIApp:
    """Everything that the pages need is read here, once. ``reports``: None if there can be none.

    ``beside``: what others want to have below the same public address, by path.
    """
    static = StaticFiles(settings.theme)
    site = Site(flow, texts, settings, static, _cards(alt_texts(flow.content, report_texts)))
    pages = Pages(site, report_texts.months, with_pdf=reports is not None)
    information = InformationPages(site)
    service, probes = Service(settings), Probes(readiness)
    readable: dict[str, Endpoint] = {
        "/toegankelijkheid": information.accessibility,
        PDF: _counted(ReportFile(site, reports).respond, metrics),
        "/static/{name}": static.respond,
        "/gezond": probes.alive,
        "/klaar": probes.ready,
        "/robots.txt": service.robots,
    }
    if settings.security_expires:
        readable["/.well-known/security.txt"] = service.security
    questions = _counted(QuestionsPage(site).respond, metrics)
    conversation = _counted(ConversationPages(site, pages, understanding).respond, metrics)
    # Asked for most, so it is not looked for behind all others.
    routes = [Route("/zelfcheck/{name}", conversation, methods=_FORM)]
    routes += [Route(path, questions, methods=_FORM) for path in ("/vragen", "/vragen/")]
    for path, endpoint in readable.items():
        # Otherwise a form that is sent there would go on to the last route, and find nothing.
        routes += [Route(path, endpoint), Route(path, _refuse, methods=["POST"])]
    routes.append(Route("/{path:path}", conversation, methods=_FORM))
    starlette = Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)],
        exception_handlers={HTTPException: information.error, Exception: information.error},
    )
    return Guard(starlette, beside, security_headers(settings), settings.prefix, metrics)


def _counted(respond: Endpoint, metrics: Metrics) -> Endpoint:
    """An address of the conversation; a page that is not there, or fails, is no turn of it."""

    async def turn(request: Request) -> Response:
        started = time.perf_counter()
        response = await respond(request)
        metrics.turn("web", time.perf_counter() - started)
        return response

    return turn


async def _refuse(request: Request) -> Response:
    raise HTTPException(405, headers={"Allow": "GET, HEAD"})


def _cards(wanted: Mapping[str, str]) -> Mapping[str, str]:
    """The pictures that show what the content says now; they were drawn for the one we ship."""
    path = files(__package__) / "static" / "cards" / "cards.json"
    drawn: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {file: text for file, text in drawn.items() if wanted.get(file) == text}
