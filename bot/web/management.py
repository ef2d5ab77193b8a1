"""What only those who run the process may see: its figures, on an address of its own."""

import asyncio
import socket

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.metrics import CONTENT_TYPE, Metrics
from bot.readiness import Readiness
from bot.web import run
from bot.web.probes import Probes


def application(metrics: Metrics, readiness: Readiness) -> ASGIApp:
    """``/metrics``, and the probes: without pages there is no other address for those."""
    probes = Probes(readiness)

    async def figures(request: Request) -> Response:
        return Response(metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return Starlette(
        routes=[
            Route("/metrics", figures),
            Route("/gezond", probes.alive),
            Route("/klaar", probes.ready),
        ]
    )


async def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Answer until it is cancelled: also while everything else is coming to its end."""
    ended = asyncio.Event()
    serving = asyncio.create_task(run.serve(app, listener, ended))
    try:
        await asyncio.shield(serving)
    finally:
        ended.set()
        await serving
