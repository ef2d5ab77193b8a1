"""The outcome as a file to keep."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.address import OUTCOME
from bot.report.document import FILE_NAME, Report
from bot.web.forms import read_query
from bot.web.site import Site

_AT_A_TIME = 1  # each takes a whole processor for as long as it lasts


class ReportFile:
    """``report`` is None when reports cannot be made here."""

    def __init__(self, site: Site, report: Report | None) -> None:
        self._site = site
        self._report = report
        self._turn = asyncio.Semaphore(_AT_A_TIME)

    async def respond(self, request: Request) -> Response:
        """The report on the answers in the query; without an outcome, the question to answer."""
        if self._report is None:
            raise HTTPException(404)
        visit = self._site.addresses.visit(OUTCOME, read_query(request))
        if not visit.address.startswith(OUTCOME):
            return self._site.redirect(visit.address)
        async with self._turn:
            made = await asyncio.to_thread(self._report, visit.conversation)
        headers = {
            "Content-Disposition": f'attachment; filename="{FILE_NAME}"',
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        }
        return Response(made, media_type="application/pdf", headers=headers)
