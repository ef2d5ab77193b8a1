"""The web pages as one ASGI application."""

import json
from collections.abc import Mapping
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.report.document import Report
from bot.settings import WebSettings
from bot.web.conversation import ConversationPages
from bot.web.guard import Guard, security_headers
from bot.web.information import InformationPages
from bot.web.pages import PDF, Pages
from bot.web.questions import QuestionsPage
from bot.web.report import ReportFile
from bot.web.service import Service
from bot.web.site import Site
from bot.web.static_files import StaticFiles
from bot.web.texts import WebTexts
from dialogues.flow import Flow

_FORM = ["GET", "POST"]


def application(
    flow: Flow,
    texts: WebTexts,
    settings: WebSettings,
    months: Mapping[str, str],
    report: Report | None,
) -> ASGIApp:
    """Everything that the pages need is read here, once. ``report`` makes a PDF, if it can."""
    static = StaticFiles(settings.theme)
    site = Site(flow, texts, settings, static, _cards())
    pages = Pages(site, months, with_pdf=report is not None)
    information = InformationPages(site)
    service = Service(settings)
    routes = [
        Route("/vragen", QuestionsPage(site).respond, methods=_FORM),
        Route("/toegankelijkheid", information.accessibility),
        Route(PDF, ReportFile(site, report).respond),
        Route("/static/{name}", static.respond),
        Route("/gezond", service.answers),
        Route("/klaar", service.answers),
        Route("/robots.txt", service.robots),
    ]
    if settings.security_expires:
        routes.append(Route("/.well-known/security.txt", service.security))
    routes.append(Route("/{path:path}", ConversationPages(site, pages).respond, methods=_FORM))
    starlette = Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)],
        exception_handlers={HTTPException: information.error, Exception: information.error},
    )
    return Guard(starlette, security_headers(settings), settings.prefix)


def _cards() -> Mapping[str, str]:
    """The pictures for links that are shared, drawn beforehand by ``bot.report.cards``."""
    path = files(__package__) / "static" / "cards" / "cards.json"
    cards: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return cards
