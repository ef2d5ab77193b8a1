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

from bot.campaigns.campaigns import PATH, Campaigns
from bot.counts.counter import Counter
from bot.counts.measures import Channel
from bot.counts.tally import Tally
from bot.counts.texts import CountTexts
from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.report.cards import alt_texts
from bot.report.queue import ReportQueue
from bot.report.texts import ReportTexts
from bot.settings import WebSettings
from bot.web.admission import Admission
from bot.web.campaign import CampaignPages
from bot.web.conversation import ConversationPages
from bot.web.figures import FIGURES, FiguresPage
from bot.web.guard import Guard
from bot.web.information import InformationPages
from bot.web.pages import PDF, Pages
from bot.web.probes import Probes
from bot.web.questions import QuestionsPage
from bot.web.report import ReportFile
from bot.web.service import Service
from bot.web.sharing import SharingPage
from bot.web.site import ACCESSIBILITY, QUESTIONS, SHARING, Site
from bot.web.static_files import StaticFiles
from bot.web.texts import WebTexts
from dialogues.flow import Flow
from dialogues.understanding import Understanding

_FORM = ["GET", "POST"]
Endpoint = Callable[[Request], Awaitable[Response]]
Endpoints = dict[str, Endpoint]


def application(
    flow: Flow,
    understanding: Understanding,
    texts: WebTexts,
    settings: WebSettings,
    report_texts: ReportTexts,
    reports: ReportQueue | None,
    metrics: Metrics,
    readiness: Readiness,
    campaigns: Campaigns,
    counter: Counter,
    count_texts: CountTexts,
    beside: Mapping[str, ASGIApp] = MappingProxyType({}),
) -> ASGIApp:
    """Everything that the pages need is read here, once. ``reports``: None if there can be none.

    ``beside``: what others want to have below the same public address, by path.
    """
    static = StaticFiles(settings.theme)
    cards = _cards(alt_texts(flow.content, report_texts))
    counted = count_texts.counted if counter.counting else ()

    def pages(*, embedded: bool) -> ASGIApp:
        site = Site(flow, texts, settings, static, cards, counted, embedded=embedded)
        tally = Tally(flow, campaigns, counter, Channel.EMBEDDED if embedded else Channel.WEB)
        readable, forms, everything = _conversation(
            site, understanding, report_texts, reports, metrics, campaigns, tally
        )
        if not embedded:
            readable |= _alone(site, static, readiness)
        if settings.stats_password and not embedded:
            admission = Admission(settings.stats_password)
            page = FiguresPage(site, count_texts, campaigns, counter, admission)
            forms[FIGURES] = page.respond
        return _starlette(site, readable, forms, everything)

    framed = pages(embedded=True) if settings.frame_ancestors else None
    return Guard(pages(embedded=False), framed, beside, settings, metrics)


def _conversation(
    site: Site,
    understanding: Understanding,
    report_texts: ReportTexts,
    reports: ReportQueue | None,
    metrics: Metrics,
    campaigns: Campaigns,
    tally: Tally,
) -> tuple[Endpoints, Endpoints, Endpoint]:
    """What there is in a frame as well: what can only be read, what takes forms, and all else."""
    pages = Pages(site, report_texts.months, with_pdf=reports is not None)
    conversation = ConversationPages(site, pages, understanding, tally)
    opening = CampaignPages(site, pages, campaigns, tally)
    readable = {
        f"{PATH}{{code:path}}": _counted(opening.respond, metrics),
        ACCESSIBILITY: InformationPages(site).accessibility,
        PDF: _counted(ReportFile(site, reports).respond, metrics),
    }
    everything = _counted(conversation.respond, metrics)
    questions = _counted(QuestionsPage(site, tally).respond, metrics)
    forms = {
        # Asked for most, so it is not looked for behind all others.
        "/zelfcheck/{name}": everything,
        QUESTIONS: questions,
        f"{QUESTIONS}/": questions,
    }
    return readable, forms, everything


def _alone(site: Site, static: StaticFiles, readiness: Readiness) -> Endpoints:
    """What there is outside frames only."""
    service, probes = Service(site.settings), Probes(readiness)
    readable: Endpoints = {
        SHARING: SharingPage(site).respond,
        "/static/{name}": static.respond,
        "/gezond": probes.alive,
        "/klaar": probes.ready,
        "/robots.txt": service.robots,
    }
    if site.settings.security_expires:
        readable["/.well-known/security.txt"] = service.security
    return readable


def _starlette(site: Site, readable: Endpoints, forms: Endpoints, everything: Endpoint) -> ASGIApp:
    routes = [Route(path, endpoint, methods=_FORM) for path, endpoint in forms.items()]
    for path, endpoint in readable.items():
        # Otherwise a form that is sent there would go on to the last route, and find nothing.
        routes += [Route(path, endpoint), Route(path, _refuse, methods=["POST"])]
    routes.append(Route("/{path:path}", everything, methods=_FORM))
    error = InformationPages(site).error
    return Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)],
        exception_handlers={HTTPException: error, Exception: error},
    )


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
